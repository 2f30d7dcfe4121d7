"""What there is to do in a random scenario: faults and their repair, planned visits, goods, spare parts."""

from __future__ import annotations

import random
from typing import Any

TIMES: tuple[Any, ...] = (
    "0 s", "30 min", "1 h", "3 h", "10 min",
    {"dist": "exponential", "mean": "1 h"},
    {"dist": "uniform", "low": "5 min", "high": "2 h"},
    {"dist": "triangular", "low": "0 s", "mode": "1 h", "high": "5 h"},
    {"dist": "gamma", "mean": "1 h", "cv": 1.5},
    {"dist": "lognormal", "mean": "45 min", "cv": 0.8},
    {"dist": "weibull", "mean": "2 h", "shape": 0.7},
    {"dist": "empirical", "values": ["0 s", "1 h", "2 d"], "weights": [1, 2, 1]},
)  # fmt: skip


def text(word: str) -> dict[str, str]:
    return {"en": word}


class Dice:
    """Choices of a scenario; the first option is the simplest."""

    def __init__(self, luck: random.Random) -> None:
        self._luck = luck

    def pick(self, *options: Any) -> Any:
        return self._luck.choice(options)

    def time(self, *more: Any) -> Any:
        """A duration or a distribution of some."""
        return self.pick(*TIMES, *more)


def products(dice: Dice) -> dict[str, Any]:
    """Two kinds of devices, one with parts and two modes, and one without."""
    pick, time = dice.pick, dice.time
    expert, workshop = pick(0.0, 0.0, 0.5), pick(0.0, 0.6)

    def mode(**more: Any) -> dict[str, Any]:
        return {
            "name": text("M"), "share": 1.0, "work": time(), "diagnosis": time(), "fixed": pick(1.0, 0.5, 0.0),
            "right_part": pick(1.0, 0.3, 0.0), "remote": pick(0.0, 0.3), "repeat": pick(0.0, 0.4),
            "repeat_after": time("2 d"),
            "priority": pick(1, 0, 9), "cause": pick("hardware", "misuse"), "stops_work": 0.5,
            "expert": pick(0.0, expert), "workshop": pick(0.0, workshop), "routes": {"shop": 1.0, "maker": 1.0},
        } | more  # fmt: skip

    p = {
        "name": text("P"), "rate": "1 /d", "in_contract": pick(1.0, 0.6), "profile": pick(None, "day", "spring"),
        "skill": pick(None, None, "k"), "replace_after": pick(None, None, 1, 2), "replacement": time("2 d"),
        "modes": {
            "m": mode(part=pick(0.0, 0.5, 1.0), parts={"x": 2.0, "y": 1.0}),
            "n": mode(part=pick(0.0, 0.3), parts={"y": 1.0}),
        },
    }  # fmt: skip
    q = {"name": text("Q"), "rate": pick("1 /d", "0.3 /d"), "replace_after": pick(None, 1), "modes": {"n": mode()}}
    return {"p": {k: v for k, v in p.items() if v is not None}, "q": q}


def repairs(dice: Dice, products_: dict[str, Any]) -> dict[str, Any]:
    """Routes of repair, stand-ins, review."""
    pick, time = dice.pick, dice.time
    loaners = {
        "spare": {
            "name": text("L"), "products": pick(["p"], ["p", "q"]),
            "at": {"s": pick(1, 0), "u": pick(0, 1), "t": pick(0, 1)},
            "threshold": pick("0 s", "1 d"), "brought": pick(0.0, 0.5, 1.0, 1.0), "transfer": time(), "placing": time(),
            "renewal": time("2 d"),
        }
    }  # fmt: skip
    if loaners["spare"]["products"] == ["p"] and pick(False, True):
        loaners["old"] = {"name": text("O"), "products": ["q"], "at": {"t": 1}, "transfer": time()}
    review = {
        "calendar": pick("always", "lunch", "never"), "after": time(), "fail": pick(0.5, 1.0), "work": time(),
        "within": pick("1 d", "0 s"),
    }  # fmt: skip
    return {
        "repairs": {
            "shop": {"name": text("Shop"), "turnaround": time("2 d"), "scrap": pick(0.0, 0.5, 1.0)},
            "maker": {"name": text("Maker"), "turnaround": time("2 d"), "scrap": pick(0.0, 1.0)},
        },
        "loaners": pick({}, loaners),
        "review": pick(None, None, review),
    }


def planned(dice: Dice) -> dict[str, Any]:
    """Visits by each of the four rules."""
    time, skill = dice.time, dice.pick({}, {}, {"skill": "k"})
    plans = {
        "check": {"every_months": 1, "release": dice.pick(0.67, 0.0, 1.0)},
        "clean": {"kind": "cleaning", "months": [2, 3, 10], "days": [5, 15], "sites": 0.5},
        "new": {"kind": "training", "life": {"cycle": "20 d", "windows": [["0 d", "3 d"], ["17 d", "20 d"]]}},
        "asked": {"kind": "standby", "rate": "90 /year", "within": "1 d"},
    }
    return {
        "planned": {
            key: {"name": text(key), "work": time()} | skill | rule
            for key, rule in plans.items()
            if dice.pick(False, False, True)
        }
    }


def stock(dice: Dice) -> dict[str, Any]:
    """Two parts, one of which may do for the other, and shelves with few pieces or none."""
    pick, time = dice.pick, dice.time
    hub = pick(None, {"node": pick("b", "x"), "share": pick(0.1, 0.0), "lead": time()})
    levels = [{"station": s, "part": part, "base_stock": pick(1, 0, 3)} for s in ("s", "t") for part in ("x", "y")]
    if hub is not None and pick(False, True):
        levels.append({"station": "hub", "part": "x", "base_stock": 1})
    return {
        "parts": {
            "x": {"name": text("x"), "product": "p", **pick({}, {"substitute": "y"})},
            "y": {"name": text("y"), "product": "p", "weight": 2.0, **pick({}, {"substitute": "x"})},
        },
        "stock": {
            **pick({"rule": "given"}, {"rule": "share", "share": pick("10 %", "0 %")}),
            "supplier_lead": time("2 d", "2 d", "2 d"),
            "levels": pick(levels, []),
            "hub": hub,
            "lateral": pick(None, {"within": pick("90 min", "30 min"), "handling": time()}),
        },
    }


def goods(dice: Dice) -> dict[str, Any]:
    """Two kinds of goods, two van routes and a courier."""
    pick, time = dice.pick, dice.time
    if pick(True, False):
        return {}
    return {
        "goods": {
            name: {
                "name": text(name), "per_product": per, "rate": pick("0.5 /d", "2 /d"), "in_stock": pick(1.0, 0.5),
                "procurement": time("2 d"), "install": pick(0.0, 0.5, 1.0), "installation": time(),
                "size": pick(1, 2, 5),
                "faulty": pick(0.0, 0.5), "faulty_after": time(), **pick({}, {}, {"skill": "k"}),
                **pick({}, {"profile": "day"}),
            }
            for name, per in (("g", "p"), ("h", "q"))
        },
        "delivery": {
            "warehouse": {
                "node": pick("a", "x"), "calendar": pick("always", "office", "lunch", "never"),
                "cut_off": pick("24:00", "15:00"), "handling": pick("0 s", "20 min"),
            },
            "routes": {
                "r": {
                    "areas": pick(["c", "b"], ["b"], ["d", "a", "z"]),
                    "departs": pick(["09:00"], ["14:00", "08:00", "08:30"]),
                    "calendar": pick("always", "office"), "capacity": pick(3, 1), "vans": pick(1, 2),
                    "unload": pick("0 s", "10 min"), "goods": pick([], ["g"]),
                },
                "q": {"areas": ["a", "d"], "departs": ["10:00"], "calendar": "always", "capacity": 3},
            },
            "couriers": pick(
                {},
                {
                    "post": {
                        "departs": pick(["17:00", "11:00"], ["00:00"]), "calendar": pick("office", "always"),
                        "lead": time(), "areas": pick([], ["a", "c"]), "goods": pick([], ["h"]),
                    }
                },
            ),
        },
    }  # fmt: skip
