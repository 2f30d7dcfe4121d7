"""Random small scenarios that cover all that an engine sees, each feature on or off.

The dice are a ``random.Random``: of a seed, so that a scenario can be made again, or of hypothesis, which then finds
the smallest one that shows an error. The first of several options is the simplest.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import strategies as st

from .random_work import Dice, goods, planned, products, repairs, stock, text

CALENDARS = {
    "always": {"week": {"mon-sun": ["00:00-24:00"]}},
    "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed", "make_up": "open"},
    "lunch": {"week": {"mon-sat": ["08:00-12:00", "13:00-17:00"]}},
    "nights": {"week": {"mon-sun": ["00:00-06:00", "20:00-24:00"]}},
    "never": {"week": {"mon-sun": []}},
}
PROFILES = {
    "day": {"base": 0.2, "week": [{"days": "mon-fri", "hours": "08:00-18:00", "weight": 1.0}], "holidays_as": "sun"},
    "spring": {"months": [0, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1]},
}
AREAS = ("a", "b", "c", "d")
COORDINATES = {
    "a": (18.0, 109.0),
    "a2": (18.0, 109.1),
    "z": (18.1, 109.1),
    "b": (18.0, 109.2),
    "c": (18.3, 109.3),
    "d": (18.5, 109.9),
}


def scenarios() -> st.SearchStrategy[dict[str, Any]]:
    """Scenarios for hypothesis, which shrinks them."""
    return st.builds(scenario, st.randoms(use_true_random=False))


def scenario(luck: random.Random) -> dict[str, Any]:
    """Up to four stations and six towns, a week and a half."""
    dice = Dice(luck)
    pick = dice.pick
    zero, island = pick(False, True), pick(False, False, True)
    people, products_ = stations(dice), products(dice)
    ids = [f"{s}-{n + 1}" for s, row in people.items() for n in range(row["engineers"])]
    raw: dict[str, Any] = {
        "name": "random",
        "title": text("Random"),
        "time": {
            "start": pick(dt.date(2018, 3, 5), dt.date(2018, 2, 12), dt.date(2018, 9, 28)),
            "window": pick("6 d", "3 d", "12 d"),
            "warm_up": pick("0 s", "2 d"), "drain": pick("3 d", "0 s"), "holidays": pick("none", "CN"),
        },
        "network": network(dice, zero, island),
        "weights": {"seat": pick(0.5, 1.0), "split": pick({}, {"z": {"from": "a", "share": 0.4}})},
        "calendars": CALENDARS,
        "profiles": PROFILES,
        "stations": people,
        "staff": staff(dice, ids, products_),
        "desk": desk(dice),
        "remote": pool(dice, None),
        "experts": pool(dice) if any(m["expert"] for p in products_.values() for m in p["modes"].values()) else None,
        "dispatch": dispatch(dice),
        "products": products_,
        "demand": {
            "scale": pick(1.0, 1.0, 0.3, 5.0),
            "installed": [{"area": a, "product": p, "units": pick(1, 0, 4)} for a in AREAS for p in products_],
            "sites": [{"area": a, "sites": pick(0, 2, 5)} for a in AREAS],
        },
        "environment": environment(dice),
    } | planned(dice) | repairs(dice, products_) | stock(dice) | goods(dice)  # fmt: skip
    raw["clauses"] = clauses(dice) if raw["time"]["drain"] != "0 s" else {}
    for row in people.values() if dice.pick(False, True) else []:
        row |= {"out_of_hours": dice.pick(None, "off", "on-call"), "on_call": dice.pick(None, "all", "rota")}
    return without_none(raw)


def network(dice: Dice, zero: bool, island: bool) -> dict[str, Any]:
    """A triangle with a second town and a zone beside its first place, a junction, a place that may be an island."""
    pick = dice.pick
    roads = [
        ("a", "a2", 10),
        ("a", "z", 20),
        ("a", "b", 20),
        ("b", "c", 60),
        ("a", "c", 80),
        ("b", "x", 15),
        ("a", "b", 40),
    ]
    roads += [] if island else [("c", "d", 45)]
    passage = {
        "from": pick("c", "b"), "to": "d", "departs": pick(["12:00"], ["06:00", "18:30"]),
        "returns": ["15:00", "08:00"],
        "every_days": pick(1, 2), "duration": "90 min", "check_in": pick("0 s", "30 min"),
    }  # fmt: skip
    kinds = {"a": ("seat", "a"), "a2": ("town", "a"), "z": ("zone", "z"), "x": ("junction", "")}
    return {
        "source": "own",
        "nodes": [
            {"id": i, "kind": kinds.get(i, ("town", i))[0], "area": kinds.get(i, ("town", i))[1]}
            | ({} if zero or i not in COORDINATES else dict(zip(("lat", "lon"), COORDINATES[i], strict=True)))
            for i in ("a", "a2", "z", "b", "c", "d", "x")
        ],
        "roads": [{"from": x, "to": y, "minutes": 0 if zero else m} for x, y, m in roads],
        "time_factor": pick(1.0, 1.0, 5.0),
        "noise_cv": pick(0.0, 0.3),
        "bands": pick({}, {"all": {"peak": 2.0, "night": 0.5, "weekend": 0.8, "holiday": 3.0, "rain": 1.5}}),
        "peak": ["07:00-09:00"],
        "night": ["00:00-05:00", "22:00-24:00"],
        "local_drive": pick({}, {"town": "10 min"}, {"a": "30 min"}),
        "rain": pick(None, {"share": [0.3] * 12, "block": "2 h"}),
        "passages": [passage] if island and pick(True, True, False) else [],
    }


def stations(dice: Dice) -> dict[str, Any]:
    """One station in the middle, and others that may have nobody, stand beside it, or stand on the island."""
    pick = dice.pick
    made = {
        "s": {"node": "a", "engineers": pick(1, 0, 2, 3), "covers": pick(["a", "d", "z"], ["a"])},
        "t": {"node": pick("b", "a", "x"), "engineers": pick(1, 0, 2), "covers": ["b"],
              "covers_towns": pick([], ["a2"])},
        "u": {"node": pick("c", "d"), "engineers": pick(0, 1), "covers": ["c", "b"]},
    }  # fmt: skip
    if pick(False, True):
        made["v"] = {"node": pick("d", "c"), "engineers": pick(1, 2), "covers": ["d"]}
    if not any(row["engineers"] for row in made.values()):
        made["s"]["engineers"] = 1
    return {key: {"name": text(key)} | row for key, row in made.items()}


def staff(dice: Dice, ids: list[str], products_: dict[str, Any]) -> dict[str, Any]:
    """Duty, absences, and what engineers can do: the first one everything, lest a scenario asks for what nobody can."""
    pick, time = dice.pick, dice.time
    who = {ids[0]: {"skills": ["k"]}}
    for e in ids[1:] if pick(False, True) else []:
        who[e] = {"skills": pick(["k"], []), "only": [p for p in products_ if pick(False, False, True)]}
    leave, ill = {"days_per_year": 120, "spell": "2 d"}, {"days_per_year": 60, "spell": "1 d"}
    return {
        "calendar": pick("always", "office", "lunch", "nights"), "out_of_hours": pick("off", "on-call"),
        "on_call": pick("all", "rota"), "set_out": time(), "mobilisation": time(), "site_access": time(),
        "absences": pick({}, {"leave": leave}, {"leave": leave, "ill": ill}),
        "relief": {"rule": pick("none", "cover", "move"), "daily_drive": pick(True, False)},
        "engineers": who,
    }  # fmt: skip


def pool(dice: Dice, *or_else: Any) -> Any:
    """People who serve a queue, or what stands in their place."""
    pick = dice.pick
    shifts = [{"calendar": pick("always", "office", "nights", "never"), "agents": pick(1, 2), "pick_up": dice.time()}]
    if pick(False, True):
        shifts.append({"calendar": pick("always", "lunch"), "agents": 1, "pick_up": dice.time()})
    return pick(*or_else, {"work": dice.time(), "shifts": shifts})


def desk(dice: Dice) -> Any:
    pick, time = dice.pick, dice.time
    channels = {
        "phone": {"name": text("Phone"), "share": 2.0},
        "mail": {"name": text("Mail"), "share": 1.0, "live": False, "lag": time()},
    }
    found = pool(dice, None)
    if found is None:
        return None
    patience = pick(None, time())
    return found | {
        "patience": patience,
        "call_back": 0.0 if patience is None else pick(0.0, 0.5),
        "channels": pick({}, channels),
    }


def dispatch(dice: Dice) -> dict[str, Any]:
    pick, time = dice.pick, dice.time
    contractor = {
        "after": pick("0 s", "40 min", "2 h"), "arrival": time(), "calendar": pick(None, "office", "lunch", "nights"),
        "capacity": pick(None, 1, 2), "areas": pick([], ["a", "d"]), "products": pick([], ["q"]),
    }  # fmt: skip
    who = pick("own", "own-then-backup", "nearest")
    return {
        "who": who,
        "backup_radius": pick("70 min", "25 min") if who == "own-then-backup" else "0 s",
        "which_ticket": pick("priority-due", "fifo"),
        "free_when": pick("from-site", "when-home", "duty-days"),
        "unassigned": pick("nearest", "nobody"),
        "follow_ups": pick("any", "duty"),
        "decision": time(),
        "contractor": pick(None, contractor),
        "approval": pick(None, None, {"calendar": pick("office", "lunch", "never"), "time": time()}),
    }


def environment(dice: Dice) -> dict[str, Any]:
    often, low, high = dice.pick((60, "6 h", "30 h"), (600, "30 min", "3 h"))
    typhoons = {
        "per_year": often, "months": [1] * 12, "landfall": {"a": 1, "c": 1}, "reach_km": dice.pick(0, 30),
        "closure_low": low, "closure_high": high, "surge": 3, "surge_low": "1 d", "surge_high": "2 d",
    }  # fmt: skip
    strait = {"per_year": 80, "months": [1] * 12, "low": "3 h", "high": "30 h"}
    return {"typhoons": dice.pick(None, typhoons), "strait": dice.pick(None, strait)}


def clauses(dice: Dice) -> dict[str, Any]:
    """Limits on the time to site, by which jobs are due."""
    limits = [("2 h", {}), ("4 h", {"areas": ["b"]}), ("30 min", {"products": ["p"]}), ("1 d", {"modes": ["p.m"]})]
    parts = [
        {"kind": "sim", "measure": "time_to_site", "limit": limit, "population": population}
        for limit, population in limits
        if dice.pick(False, True)
    ]
    return {"site": {"text": text("On site"), "parts": parts}} if parts else {}


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(v) for v in value] if isinstance(value, list) else value
