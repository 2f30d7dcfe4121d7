"""Spares at the start in all readings, and what the same money buys by marginal analysis.

3 % of the units asks port for 3 printer parts (it holds 2 fusers and a roller) and 2 disks (2), hill for 2 (2 fusers).
"""

from __future__ import annotations

import math

import pytest

from simsvc.analytic import metric_backorders
from simsvc.analytic.marginal import serve
from simsvc.measures import tally
from simsvc.promise import judge
from simsvc.promise.plan import decide_plan
from simsvc.promise.plan.bought import bought, shelves
from simsvc.scenario.promises import PlanPart

COSTS = {"fuser": 1000.0, "roller": 500.0, "disk": 2000.0}
KINDS = {"fuser": "printer", "roller": "printer", "disk": "server"}
PARTS = {k: {"name": {"en": k}, "product": KINDS[k], "cost": cost} for k, cost in COSTS.items()}
PRICES = {"costs": {"units": {"printer": 1000.0, "server": 3000.0}}}
YEAR_H = 8760.0


def modes(**parts):
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "1 h", "part": 0.5, "parts": parts}
    return {"m": mode | {"remote": 0.2, "repeat": 0.2}}


PRODUCTS = {
    "printer": {"name": {"en": "Printer"}, "rate": "2 /year", "modes": modes(fuser=3.0, roller=1.0)},
    "server": {"name": {"en": "Server"}, "rate": "1 /year", "modes": modes(disk=1.0)},
}


def plan(tiny, case=None, **fields):
    part = PlanPart.model_validate({"kind": "plan", "rule": "spares_at_start", "ratio": 0.03, **fields})
    return decide_plan(case or tiny.case(parts=PARTS, reporting=PRICES), part)


def test_at_each_station_per_type_of_units(tiny):
    fine = plan(tiny)
    assert (fine.met, fine.asked) == (3, 3)
    assert [en for en, _ in fine.details] == [
        "whole island, Printer: 5 pieces, 5 needed",
        "whole island, Server: 2 pieces, 2 needed",
    ]
    short = plan(tiny, ratio=0.04)
    assert (short.met, short.asked) == (2, 3)
    assert short.details[0] == ("Port, Printer: 3 pieces, 4 needed", "港站，打印机：3 件，需 4 件")


@pytest.mark.parametrize(
    ("reading", "met", "asked", "first"),
    [
        ({"per": "overall"}, 2, 2, "whole island, all device types: 7 pieces, 6 needed"),
        ({"level": "island"}, 2, 2, "whole island, Printer: 5 pieces, 5 needed"),
        ({"level": "island", "per": "overall"}, 1, 1, "whole island, all device types: 7 pieces, 6 needed"),
        ({"of": "value"}, 2, 3, "Port, Printer: 2,500 CNY, 3,000 needed"),
        ({"of": "value", "level": "island"}, 2, 2, "whole island, Server: 4,000 CNY, 3,600 needed"),
        ({"of": "value", "per": "overall"}, 1, 2, "Port, all device types: 6,500 CNY, 6,600 needed"),
        ({"of": "jobs"}, 3, 3, "whole island, Printer: 5 pieces, 5 needed"),
    ],
)
def test_other_readings(tiny, reading, met, asked, first):
    """Island: 150 printers and 40 servers, 190 units in all; printers of 150,000 CNY and servers of 120,000."""
    found = plan(tiny, **reading)
    assert (found.met, found.asked) == (met, asked)
    assert first in [en for en, _ in found.details]


def test_of_jobs_at_two_faults_a_year(tiny):
    """200 and 100 printer faults a year ask for 6 and 3 pieces; 3 and 2 are there."""
    found = plan(tiny, tiny.case(products=PRODUCTS, parts=PARTS), of="jobs")
    assert (found.met, found.asked) == (1, 3)
    assert [en for en, _ in found.details[:2]] == [
        "Port, Printer: 3 pieces, 6 needed",
        "Hill, Printer: 2 pieces, 3 needed",
    ]


def test_one_row_for_each_reading(tiny):
    """The other readings stand beside the base reading, which alone decides and says what the money would buy."""
    readings = {
        "money": {"name": {"en": "by value"}, "of": "value"},
        "island": {"name": {"en": "island"}, "level": "island", "per": "overall"},
    }
    clauses = {"X": [{"kind": "plan", "rule": "spares_at_start", "ratio": "3 %", "readings": readings}]}
    case = tiny.case(clauses, products=PRODUCTS, parts=PARTS, reporting=PRICES)
    base, money, island = judge(case, [_nothing(tiny, case)])
    assert [r.reading for r in (base, money, island)] == ["base", "money", "island"]
    assert [r.verdict for r in (base, money, island)] == ["holds", "fails", "holds"]
    assert [r.cases for r in (base, money, island)] == [3, 3, 1]
    assert [r.limit for r in (base, money)] == [">= 3 % of units", ">= 3 % of value"]
    assert any("marginal analysis" in en for en, _ in base.details)
    assert not any("marginal analysis" in en for r in (money, island) for en, _ in r.details)


def _nothing(tiny, case):
    return tally(case, tiny.log())


STOCK = {"supplier_lead": "73 d"}


def test_shelves_by_hand(tiny):
    """Port serves 100 printers by road (the isle's 10 servers are out of reach, so 30 servers), hill 50 printers.

    A printer asks for 2 x (1 - 0.2) x 0.5 / (1 - 0.2) = 1 part a year, three in four times a fuser; a server for 0.5.
    """
    case = tiny.case(products=PRODUCTS, parts=PARTS, stock=STOCK)
    demand, stocks = shelves(case)
    assert demand.rate.tolist() == pytest.approx([75, 25, 15, 37.5, 12.5, 0])
    assert demand.lead.tolist() == pytest.approx([0.2] * 6)
    assert demand.cost.tolist() == [1000, 500, 2000] * 2
    assert stocks.tolist() == [2, 1, 2, 2, 0, 0]


def test_without_remote_help_every_fault_is_a_visit(tiny):
    case = tiny.case(products=PRODUCTS, parts=PARTS, stock=STOCK, remote=None)
    assert shelves(case)[0].rate[0] == pytest.approx(75 / 0.8)


def test_behind_a_hub_it_is_metric(tiny):
    hub = {"node": "port", "lead": "3.65 d"}
    levels = [
        {"station": "hub", "part": "fuser", "base_stock": 20},
        {"station": "port", "part": "fuser", "base_stock": 2},
    ]
    case = tiny.case(products=PRODUCTS, parts=PARTS, stock=STOCK | {"hub": hub, "levels": levels})
    demand, stocks = shelves(case)
    parts = [0, 3]  # fusers at port and hill
    found = metric_backorders(20, 0.2, stocks[parts].tolist(), demand.rate[parts].tolist(), [0.01, 0.01])
    fusers = type(demand)(demand.rate[parts], demand.lead[parts], demand.cost[parts])
    assert serve(fusers, stocks[parts]).backorders == pytest.approx(sum(found))


def test_the_lines_say_what_the_formulas_say(tiny):
    """Port's fusers alone: 75 a year and 73 days make a pipeline of 15, of which 2 pieces meet 16 / e^15."""
    levels = [{"station": "port", "part": "fuser", "base_stock": 16}]
    products = {
        "printer": PRODUCTS["printer"] | {"modes": modes(fuser=1.0)},
        "server": PRODUCTS["server"] | {"modes": modes(disk=1.0)},
    }
    products["server"]["modes"]["m"]["part"] = 0.0
    installed = [{"area": "north", "product": "printer", "units": 75}]
    demand = {"installed": [*installed, {"area": "south", "product": "server", "units": 1}]}
    case = tiny.case(products=products, parts=PARTS, stock=STOCK | {"levels": levels}, demand=demand)
    chance = [math.exp(-15) * 15**k / math.factorial(k) for k in range(17)]
    fill = sum(chance[:16])
    backorders = 15 * (1 - fill) - 16 * (1 - sum(chance))
    percent, hours = f"{100 * fill:.1f} %", f"{backorders / 75 * YEAR_H:.1f}"
    said, chinese = f"fills {percent} at once, mean wait {hours} h", f"满足率 {percent}，平均等件 {hours} 小时"
    assert bought(case) == (
        (
            f"formula, 75 demands a year: stations' stock of 16,000 CNY {said}",
            f"按公式，每年需求 75 件：各站储备 16,000 元，{chinese}",
        ),
        (f"the same by marginal analysis {said}", f"同额按边际分析配置：{chinese}"),
        (
            "marginal analysis reaches that fill rate with 16,000 CNY (100 %)",
            "边际分析达到同样满足率只需 16,000 元（100 %）",
        ),
    )


def test_marginal_analysis_is_never_behind(tiny):
    case = tiny.case(products=PRODUCTS, parts=PARTS, stock=STOCK)
    demand, stocks = shelves(case)
    lines = [en for en, _ in bought(case)]
    waits = [float(line.split("mean wait ")[1].removesuffix(" h").replace(",", "")) for line in lines[:2]]
    assert waits[1] <= waits[0]
    assert serve(demand, stocks).value == 8500


def test_nearly_all_is_not_all(tiny):
    """75 fusers a year for 7.3 days make a pipeline of 1.5; of 12 pieces hardly one is ever missing."""
    levels = [{"station": "port", "part": part, "base_stock": 12} for part in ("fuser", "roller", "disk")]
    levels += [{"station": "hill", "part": part, "base_stock": 12} for part in ("fuser", "roller")]
    case = tiny.case(products=PRODUCTS, parts=PARTS, stock={"supplier_lead": "7.3 d", "levels": levels})
    en, zh = bought(case)[0]
    assert en.endswith("fills over 99.9 % at once, mean wait under 0.1 h")
    assert zh.endswith("满足率 99.9 % 以上，平均等件 不到 0.1 小时")


def test_pieces_count_where_a_part_has_no_cost(tiny):
    case = tiny.case(products=PRODUCTS, stock=STOCK)
    assert "stations' stock of 7 pieces" in bought(case)[0][0]


def test_nothing_is_compared_without_demand_or_stock(tiny):
    assert bought(tiny.case(parts=PARTS)) == ()
    assert bought(tiny.case(products=PRODUCTS, parts=PARTS, stock={"levels": []})) == ()
    assert bought(tiny.case(parts=None, stock={"levels": []})) == ()


def test_share_of_the_time_in_which_all_shelves_held(tiny):
    """Half the replications lack a fuser at port for a week of four; a single shelf has no such row."""
    part = {"kind": "sim", "measure": "stock_ratio", "ratio": "3 %"}
    readings = {"island": {"name": {"en": "island"}, "level": "island"}}
    case = tiny.case({"X": [part | {"readings": readings}], "Y": [part | {"level": "island", "per": "overall"}]})
    out = tiny.log(stock=[{"time": tiny.at(d), "store": 0, "part": 0, "on_hand": n} for d, n in ((7, 1), (14, 2))])
    rows = judge(case, [tally(case, log) for log in [out, tiny.log()] * 6])
    (row,) = [r for r in rows if r.measure == "stock_together"]
    assert (row.id, row.part, row.kind, row.reading, row.verdict) == (
        "X",
        "sim:stock_together",
        "measure",
        "base",
        "estimate",
    )
    assert row.estimate == pytest.approx(1 - 0.25 / 2)
    assert row.low < row.estimate < row.high <= 1
    (never,) = [r for r in judge(case, [tally(case, tiny.log())] * 10) if r.measure == "stock_together"]
    assert (never.estimate, never.high) == (1, 1)
    assert never.low == pytest.approx(0.025**0.1)  # ten windows of a month
    longer = tiny.case({"X": [part]}, time={"window": "91 d"})
    (never,) = [r for r in judge(longer, [tally(longer, tiny.log())] * 10) if r.measure == "stock_together"]
    assert never.low == pytest.approx(0.025 ** (1 / 30))  # ten windows of three months
