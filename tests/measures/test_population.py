"""Which cases count: every key of a population by itself and together."""

from __future__ import annotations

import pytest

from simsvc.measures import population
from simsvc.scenario.promises import Population

CHANNELS = {"phone": {"name": {"en": "Telephone"}, "share": 1}, "mail": {"name": {"en": "Mail"}, "share": 1}}
WORKSHOP = {"name": {"en": "Workshop"}, "turnaround": "5 d"}
PORT, FARM, HILL, ISLE = ({"town": town, "area": (0, 0, 1, 2)[town]} for town in range(4))


def chosen(tiny, rows, log, who, **case):
    found = rows(tiny.case(**case), log, Population.model_validate(who))
    return [k for k, keep in enumerate(found) if keep]


@pytest.mark.parametrize(
    ("who", "rows"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"zones": ["seats"]}, [0, 2, 3, 4, 5]),
        ({"zones": ["other"]}, [1]),
        ({"zones": ["seats"], "areas": ["north"]}, [0, 4, 5]),
        ({"not_areas": ["north"]}, [2, 3]),
        ({"modes": ["printer.jam"]}, [0, 1, 2, 4, 5]),
        ({"modes": ["server.crash", "printer.jam"]}, [0, 1, 2, 3, 4, 5]),
        ({"channels": ["mail"]}, [1, 2]),
        ({"routes": ["workshop"]}, [2]),
        ({"routes": ["maker", "on-site"]}, [0, 1, 3, 4, 5]),
        ({"in_warranty": False}, [4]),
        ({"in_contract": False}, [1]),
        ({"in_contract": True}, [0, 2, 3, 4, 5]),
        ({"in_warranty": True, "products": ["server"]}, [3]),
        ({"causes": ["misuse"]}, [5]),
        ({"reported_in": "office"}, [0, 1, 2, 3, 5]),
    ],
)
def test_faults(tiny, who, rows):
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, channel=0, **PORT),
        tiny.ticket(at, channel=1, in_contract=0, **FARM),
        tiny.ticket(at, channel=1, route=0, **HILL),
        tiny.ticket(at, channel=0, route=1, product=1, mode=1, **ISLE),
        tiny.ticket(tiny.at(1, "19:00"), channel=0, in_warranty=0, **PORT),
        tiny.ticket(at, channel=0, cause=1, **PORT),
        tiny.ticket(at, counted=0, **PORT),
    ]
    desk = tiny.raw()["desk"] | {"channels": CHANNELS}
    tables = {"desk": desk, "repairs": {"workshop": WORKSHOP, "maker": WORKSHOP}}
    assert chosen(tiny, population.tickets, tiny.log(tickets=tickets), who, **tables) == rows


def test_the_warm_up_counts_only_where_it_is_asked_for(tiny):
    log = tiny.log(tickets=[tiny.ticket(tiny.at(1), counted=k) for k in (0, 1)])
    assert population.tickets(tiny.case(), log, Population()).tolist() == [False, True]
    assert population.tickets(tiny.case(), log, Population(), cohort=False).tolist() == [True, True]


@pytest.mark.parametrize(
    ("who", "rows"),
    [
        ({}, [0, 1, 2]),
        ({"replacement": True}, [1]),
        ({"replacement": False}, [0, 2]),
        ({"special": True}, [2]),
        ({"zones": ["other"]}, [2]),
        ({"special": False, "replacement": False}, [0]),
    ],
)
def test_orders(tiny, who, rows):
    at = tiny.at(1, "09:00")
    orders = [{"ordered": at, **PORT}, {"ordered": at, "parent": 0, **PORT}, {"ordered": at, "goods": 1, **FARM}]
    assert chosen(tiny, population.orders, tiny.log(orders=orders), who) == rows


def test_planned_visits_by_rule_and_zone(tiny):
    """A planned rule of any kind; neither an installation nor rework after a review."""
    plans = tiny.raw()["planned"]
    plans["redo"] = plans["inspection"] | {"kind": "rework"}
    jobs = [
        {"kind": 3, "plan": 0, **PORT},
        {"kind": 7, "plan": 1, **FARM},
        {"kind": 7, "ticket": 0},
        {"kind": 2, "order": 0},
    ]
    log = tiny.log(tickets=[tiny.ticket(tiny.at(1))], jobs=jobs, orders=[{"ordered": 0}])
    case = tiny.case(planned=plans)

    def rows(rules, **who):
        wanted = Population.model_validate({"planned": rules, **who})
        return population.planned(case, log, wanted).nonzero()[0].tolist()

    assert rows([]) == [0, 1]
    assert rows(["redo"]) == [1]
    assert rows([], zones=["seats"]) == [0]
