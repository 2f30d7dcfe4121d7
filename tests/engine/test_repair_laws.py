"""What must be true of the repair chain in random small scenarios: who visits, what follows, where the pieces are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.reference import loaners, repair, run
from simsvc.engine.reference.environment import Process
from simsvc.log import CODES, Log
from simsvc.workload import VISITS, draw

PART_MISSING, DONE, NOT_FIXED, SENT_AWAY, TOO_HARD = range(5)
assert CODES["OUTCOMES"] == ("part_missing", "done", "not_fixed", "sent_away", "too_hard")
OPEN, SOLVED, FIXED, REPLACED = range(4)
FAULT, FOLLOW_UP = 0, 1
LOANER = CODES["JOB_KINDS"].index("loaner")
LATERAL = CODES["STOCK_EVENTS"].index("lateral")


class Watched(loaners.Loaners):
    """Counts every piece after every move: in the pool, lent, or in renewal."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.pieces, self.renewing = sum(map(sum, self.free)), 0

    def count(self) -> None:
        assert min(map(min, self.free), default=0) >= 0
        assert sum(map(sum, self.free)) + len(self.lent) + self.renewing == self.pieces

    def ask(self, station: int, k: int) -> None:
        super().ask(station, k)
        self.count()

    def finish(self, job: Any) -> None:
        super().finish(job)
        self.count()

    def give_back(self, k: int) -> None:
        super().give_back(k)
        self.count()

    def keep(self, k: int) -> bool:
        kept = super().keep(k)
        self.renewing += kept
        self.count()
        return kept

    def _renewed(self, k: int, loan: Any) -> Process:
        yield from super()._renewed(k, loan)
        self.renewing -= 1
        self.count()


DURATIONS = st.sampled_from(["0 s", "30 min", "5 h", "1 d", {"dist": "exponential", "mean": "10 h"}])
SHARES = st.sampled_from([0.0, 0.4, 1.0])


@st.composite
def scenarios(draw_: Any) -> dict[str, Any]:
    """Up to three stations in a row; every question at the end of a visit may be answered either way."""
    pick = lambda *options: draw_(st.sampled_from(options))  # noqa: E731
    text = lambda word: {"en": word}  # noqa: E731
    workshop = draw_(SHARES)
    mode = {
        "name": text("M"), "share": 1.0, "work": draw_(DURATIONS), "diagnosis": "20 min",
        "fixed": pick(1.0, 0.3, 0.0), "part": draw_(SHARES), "parts": {"x": 1.0, "y": 1.0},
        "right_part": draw_(SHARES), "repeat": pick(0.0, 0.5), "repeat_after": "3 h", "remote": pick(0.0, 0.3),
        "expert": draw_(SHARES), "workshop": workshop, "routes": {"own": 1.0, "maker": 1.0},
    }  # fmt: skip
    route = {"name": text("R"), "turnaround": draw_(DURATIONS), "scrap": draw_(SHARES)}
    product = {"name": text("P"), "rate": "1 /d", "replace_after": pick(1, 2, 3), "replacement": draw_(DURATIONS)}
    if pick(True, False):
        product.pop("replace_after")
    pool = {"work": draw_(DURATIONS), "shifts": [{"calendar": pick("always", "office"), "agents": 1}]}
    part = {"name": text("Part"), "product": "p"}
    raw: dict[str, Any] = {
        "name": "random",
        "title": text("Random"),
        "time": {"start": dt.date(2018, 1, 1), "window": "10 d", "drain": pick("0 s", "5 d")},
        "network": {
            "source": "own", "nodes": [{"id": i, "lat": 0.0, "lon": 0.0} for i in "abc"],
            "roads": [{"from": "a", "to": "b", "minutes": 30}, {"from": "b", "to": "c", "minutes": 40}],
        },
        "calendars": {
            "always": {"week": {"mon-sun": ["00:00-24:00"]}}, "office": {"week": {"mon-fri": ["08:00-18:00"]}},
        },
        "stations": {
            s: {"name": text(s), "node": s, "engineers": pick(1, 2), "covers": [s]} for s in ("a", "b", "c")
        },
        "staff": {"calendar": pick("always", "office"), "out_of_hours": pick("on-call", "off")},
        "dispatch": {
            "who": pick("own", "nearest"), "free_when": pick("from-site", "when-home"),
            "follow_ups": pick("any", "duty"), "which_ticket": pick("priority-due", "fifo"),
        },
        "remote": {"work": "10 min", "shifts": [{"calendar": "always", "agents": 2}]},
        "experts": pool,
        "products": {"p": product | {"modes": {"m": mode, "n": mode | {"priority": 0, "workshop": 0.0}}}},
        "demand": {"installed": [{"area": a, "product": "p", "units": pick(0, 1, 3)} for a in "abc"]},
        "parts": {"x": part | {"substitute": "y"}, "y": part},
        "stock": {
            "levels": [{"station": s, "part": x, "base_stock": pick(0, 1, 3)} for s in "abc" for x in "xy"],
            "supplier_lead": draw_(DURATIONS),
        },
        "repairs": {"own": route, "maker": route | {"scrap": 0.0}},
        "loaners": {
            "l": {
                "name": text("L"), "products": ["p"], "at": {"a": pick(0, 1), "b": pick(0, 2)},
                "threshold": pick("0 s", "12 h"), "brought": draw_(SHARES), "transfer": draw_(DURATIONS),
                "placing": draw_(DURATIONS), "renewal": draw_(DURATIONS),
            }
        },
    }  # fmt: skip
    if pick(True, False):
        raw["stock"]["lateral"] = {"within": pick("35 min", "2 h"), "handling": draw_(DURATIONS)}
    if pick(True, False):
        raw["stock"]["hub"] = {"node": "b", "lead": draw_(DURATIONS)}
    return raw


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(raw=scenarios(), seed=st.integers(0, 5))
def test_small_and_ugly_scenarios(raw: dict[str, Any], seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repair, "Loaners", Watched)
        case = build(sv.from_dict(raw))
        log = run(case, draw(case, seed, 0))
    visits_follow_from_outcomes(case, log)
    times_in_order(log)
    failures(case, log)
    stand_ins(case, log)
    shelves(case, log)


def visits_follow_from_outcomes(case: Case, log: Log) -> None:
    t, v = log.tickets, log.visits
    repairing = v["kind"] <= FOLLOW_UP
    assert ((v["kind"] == LOANER) == (~repairing & (v["ticket"] >= 0))).all()
    for k in t["ticket"]:
        mine = v["outcome"][repairing & (v["ticket"] == k)].tolist()
        assert v["number"][repairing & (v["ticket"] == k)].tolist() == list(range(1, t["visits"][k] + 1))
        ended = [o for o in mine if o >= 0]
        assert -1 not in mine[:-1]
        # Too hard is the first visit's alone, the unit leaves once, done is the end, and nothing follows it.
        assert TOO_HARD not in ended[1:]
        assert ended.count(SENT_AWAY) == int(t["sent"][k] >= 0) <= 1
        assert DONE not in ended[:-1]
        if SENT_AWAY in ended:
            assert ended[ended.index(SENT_AWAY) + 1 :] in ([], [DONE])
        if t["status"][k] in (FIXED, REPLACED):
            kept = t["scrapped"][k] == 1 and t["loaner_placed"][k] >= 0 and t["fixed"][k] == t["back"][k]
            assert ended[-1] == (SENT_AWAY if kept else DONE)
        else:
            assert DONE not in ended
    fixed = t["status"] == FIXED
    assert (t["scrapped"][fixed] == 0).all()
    assert ((t["route"] >= 0) == (t["sent"] >= 0)).all()


def times_in_order(log: Log) -> None:
    t, v = log.tickets, log.visits
    for one, two in (("sent", "back"), ("expert_start", "expert_end"), ("loaner_asked", "loaner_placed")):
        assert ((t[two] < 0) | ((t[one] >= 0) & (t[two] >= t[one]))).all(), (one, two)
    hard = v["outcome"] == TOO_HARD
    assert (v["kind"][hard] == FAULT).all()
    began = t["expert_start"][v["ticket"][hard]]
    assert ((began < 0) | (began >= v["work_end"][hard])).all()
    assert ((t["expert_start"] >= 0).sum()) <= hard.sum()
    away = v["outcome"] == SENT_AWAY
    assert (t["sent"][v["ticket"][away]] == v["work_end"][away]).all()


def failures(case: Case, log: Log) -> None:
    """Failed repairs: visits that could repair and did not; before a repeat its parent's and the repair itself."""
    t, v = log.tickets, log.visits
    limit = case.model.products["p"].replace_after
    before = np.zeros(len(t["ticket"]), np.int64)
    for k in np.flatnonzero(t["parent"] >= 0):
        parent = t["parent"][k]
        assert t["status"][parent] in (SOLVED, FIXED)
        before[k] = t["failed"][parent] + (t["status"][parent] == FIXED)
    tried = np.bincount(v["ticket"][v["outcome"] == NOT_FIXED], minlength=len(before))
    worn_out = (before >= limit) if limit else np.zeros(len(before), np.bool_)
    assert (t["failed"] == before + np.where(worn_out, 0, tried)).all()
    if limit is None:
        assert (tried < VISITS).all()
        return
    assert (t["failed"] <= np.maximum(limit, before)).all()
    ended = (t["status"] == REPLACED) & (t["scrapped"] == 0)
    assert (t["failed"][ended] >= limit).all()
    assert (t["failed"][t["status"] == FIXED] < limit).all()


def stand_ins(case: Case, log: Log) -> None:
    t, v = log.tickets, log.visits
    got = t["loaner"] >= 0
    assert (t["loaner_asked"][got] >= 0).all()
    assert got[t["loaner_placed"] >= 0].all()
    visit = v["kind"] == LOANER
    of = v["ticket"][visit]
    assert len(np.unique(of)) == len(of)
    assert got[of].all()
    assert (v["number"][visit] > 1).all()  # as a follow-up, for which it counts in the order and in duty
    # Who had to be visited has his piece at the visit's end, unless his unit was repaired by then.
    ended, done = v["work_end"][visit], t["fixed"][of]
    still = (ended >= 0) & ((done < 0) | (done > ended))
    assert (t["loaner_placed"][of[still]] == ended[still]).all()
    assert ((t["loaner_placed"] < 0) | (t["fixed"] < 0) | (t["loaner_placed"] <= t["fixed"])).all()


def shelves(case: Case, log: Log) -> None:
    s, t = log.stock, log.tickets
    base = case.supply.base_stock[s["store"], s["part"]]
    assert (s["on_hand"] + s["on_order"] - s["backorders"] == base).all()
    assert ((s["on_hand"] == 0) | (s["backorders"] == 0)).all()
    assert (s["on_hand"] >= 0).all()
    if case.model.stock.lateral is None:
        assert not (s["event"] == LATERAL).any()
    # Only x has a substitute.
    assert (t["part"][t["substitute"] == 1] == case.supply.parts.index("x")).all()
