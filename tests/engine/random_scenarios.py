"""Random small scenarios, all features on and off, as hypothesis draws them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st


def text(word: str) -> dict[str, str]:
    return {"en": word}


DURATIONS = st.sampled_from(["0 s", "30 min", "1 h", "3 h", {"dist": "exponential", "mean": "1 h"}])
SHARES = st.sampled_from([0.0, 0.3, 1.0])
CALENDARS = {
    "always": {"week": {"mon-sun": ["00:00-24:00"]}},
    "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed", "make_up": "open"},
    "lunch": {"week": {"mon-sat": ["08:00-12:00", "13:00-17:00"]}},
    "never": {"week": {"mon-sun": []}},
}
DUTY = st.sampled_from(["always", "office", "lunch"])
PLANS = {
    "clean": {"kind": "cleaning", "months": [2], "days": [13, 15], "sites": 0.5},
    "new": {"kind": "training", "life": {"cycle": "20 d", "windows": [["0 d", "3 d"], ["17 d", "20 d"]]}},
    "asked": {"kind": "standby", "rate": "90 /year", "within": "1 d"},
}


@st.composite
def scenarios(draw_: Any) -> dict[str, Any]:
    """A scenario of up to three stations and four towns."""
    pick = lambda *options: draw_(st.sampled_from(options))  # noqa: E731
    zero = pick(True, False)
    places = ["a", "b", "c", "d"]
    triangle = (("a", "b", 20), ("b", "c", 60), ("a", "c", 80))
    roads = [{"from": x, "to": y, "minutes": 0 if zero else m} for x, y, m in triangle]
    if pick(True, False):
        roads.append({"from": "c", "to": "d", "minutes": 45})  # otherwise d is an island
    who = pick("own", "own-then-backup", "nearest")
    mode = {
        "name": text("M"), "share": 1.0, "work": draw_(DURATIONS), "diagnosis": draw_(DURATIONS),
        "fixed": pick(1.0, 0.5),
        "part": draw_(SHARES), "parts": {"x": 1.0, "y": 2.0}, "right_part": draw_(SHARES), "remote": draw_(SHARES),
        "repeat": pick(0.0, 0.4), "repeat_after": draw_(DURATIONS), "priority": 1,
    }  # fmt: skip
    pool = {"work": draw_(DURATIONS), "shifts": [{"calendar": pick("always", "office", "never"), "agents": 1}]}
    channels = {
        "phone": {"name": text("Phone"), "share": 2.0},
        "mail": {"name": text("Mail"), "share": 1.0, "live": False, "lag": draw_(DURATIONS)},
    }
    desk = {"patience": draw_(DURATIONS), "call_back": pick(0.0, 0.5), "channels": pick({}, channels)}
    contractor = {
        "after": pick("0 s", "0 s", "40 min"), "arrival": draw_(DURATIONS), "calendar": pick(None, "office", "lunch"),
        "capacity": pick(None, 1), "areas": pick([], ["a", "d"]),
    }  # fmt: skip
    skills = pick(False, True)
    skill = {"skill": "k"} if skills else {}
    raw: dict[str, Any] = {
        "name": "random",
        "title": text("Random"),
        "time": {
            "start": dt.date(2018, 2, 12), "window": "8 d", "warm_up": pick("0 s", "2 d"), "drain": pick("0 s", "3 d"),
            "holidays": pick("CN", "none"),
        },
        "network": {
            "source": "own", "nodes": [{"id": i, "lat": 0.0, "lon": 0.0} for i in places], "roads": roads,
            "noise_cv": pick(0.0, 0.3), "bands": pick({}, {"all": {"peak": 2.0, "night": 0.5, "rain": 1.5}}),
            "peak": ["07:00-09:00"], "night": ["22:00-24:00"],
            "rain": pick(None, {"share": [0.3] * 12, "block": "2 h"}),
        },
        "calendars": CALENDARS,
        "stations": {
            "s": {"name": text("S"), "node": "a", "engineers": pick(1, 2), "covers": ["a", "d"]},
            "t": {"name": text("T"), "node": "b", "engineers": pick(0, 1, 2), "covers": ["b"]},
            "u": {"name": text("U"), "node": "c", "engineers": pick(0, 1), "covers": ["c", "b"]},
        },
        "staff": {
            "calendar": draw_(DUTY), "out_of_hours": pick("on-call", "off"), "on_call": pick("all", "rota"),
            "set_out": draw_(DURATIONS), "mobilisation": draw_(DURATIONS), "site_access": draw_(DURATIONS),
            "absences": pick({}, {"leave": {"days_per_year": 120, "spell": "2 d"}}),
            "relief": {"rule": pick("none", "cover", "move"), "daily_drive": pick(True, False)},
            "engineers": {"s-1": {"skills": ["k"]}, "t-1": {"only": ["q"]}} if skills else {},
        },
        "desk": pick(None, pool, pool | desk),
        "remote": pick(None, pool),
        "dispatch": {
            "who": who, "backup_radius": "70 min" if who == "own-then-backup" else "0 s",
            "which_ticket": pick("priority-due", "fifo"), "free_when": pick("from-site", "when-home", "duty-days"),
            "unassigned": pick("nearest", "nobody"), "decision": draw_(DURATIONS),
            "contractor": pick(None, contractor),
            "approval": pick(None, {"calendar": pick("office", "never"), "time": draw_(DURATIONS)}),
        },
        "products": {
            "p": {
                "name": text("P"), "rate": "1 /d", "in_contract": 0.6,
                "modes": {"m": mode, "n": mode | {"priority": 0, "part": 0.0}}, **skill,
            },
            "q": {"name": text("Q"), "rate": "1 /d", "modes": {"n": mode | {"part": 0.0, "parts": {}}}},
        },
        "demand": {
            "installed": [
                {"area": a, "product": p, "units": n} for a in places for p, n in (("p", pick(0, 1, 4)), ("q", 1))
            ],
            "sites": [{"area": a, "sites": pick(0, 3)} for a in places],
        },
        "planned": {
            key: {"name": text(key), "work": draw_(DURATIONS)} | skill | rule
            for key, rule in pick({}, {"check": {"every_months": 1}}, PLANS).items()
        },
        "review": pick(
            None,
            {
                "calendar": pick("always", "lunch", "never"), "after": draw_(DURATIONS), "fail": pick(0.5, 1.0),
                "within": "1 d", "work": draw_(DURATIONS),
            },
        ),
        "parts": {x: {"name": text(x), "product": "p"} for x in ("x", "y")},
        "stock": {
            "supplier_lead": draw_(DURATIONS),
            "levels": [{"station": s, "part": "x", "base_stock": pick(0, 1, 3)} for s in ("s", "u")],
            "hub": pick(None, {"node": "b", "share": 0.1, "lead": draw_(DURATIONS)}),
        },
        "environment": pick(
            {},
            {
                "typhoons": {
                    "per_year": 60, "months": [1] * 12, "landfall": {"a": 1, "c": 1}, "reach_km": 0,
                    "closure_low": "6 h", "closure_high": "30 h", "surge": 3, "surge_low": "1 d", "surge_high": "2 d",
                },
                "strait": {"per_year": 80, "months": [1] * 12, "low": "3 h", "high": "30 h"},
            },
        ),
    }  # fmt: skip
    if pick(True, False):
        raw["goods"] = {
            "g": {
                "name": text("G"), "per_product": "p", "rate": "1 /d", "in_stock": 0.5, "procurement": draw_(DURATIONS),
                "install": 0.5, "installation": draw_(DURATIONS), "size": pick(1, 2, 5),
                "faulty": pick(0.0, 0.5), "faulty_after": draw_(DURATIONS),
            }
        }  # fmt: skip
        raw["delivery"] = {
            "warehouse": {
                "node": "a", "calendar": pick("office", "always", "lunch"), "cut_off": pick("24:00", "15:00"),
                "handling": pick("0 s", "20 min"),
            },
            "routes": {
                "r": {
                    "areas": pick(["c", "b"], ["b"]), "departs": pick(["09:00"], ["14:00", "08:00"]),
                    "calendar": pick("office", "always"),
                    "capacity": pick(1, 3), "vans": pick(1, 2), "unload": pick("0 s", "10 min"),
                },
                "q": {"areas": ["a", "d"], "departs": ["10:00"], "calendar": "always", "capacity": 3},
            },
            "couriers": pick(
                {}, {"post": {"departs": ["17:00", "11:00"], "calendar": "office", "lead": draw_(DURATIONS)}}
            ),
        }  # fmt: skip
    return without_none(raw)


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return value
