"""Zones with limits of their own decide the order of waiting faults, for own engineers and backups alike."""

from __future__ import annotations

from typing import Any


def test_the_shorter_limit_goes_first_and_a_backup_goes_by_it_too(
    own: Any, line: Any, station: Any, told: Any, clock: Any
) -> None:
    """a (city, 2 h) and v (country, 12 h) are covered from a, whose engineer is away; b backs up both.

    All wait while he is at b: the city's fault, reported last, is due first; the country's wait in order of report.
    """

    def clause(limit: str, zone: str) -> dict[str, Any]:
        part = {"kind": "sim", "measure": "time_to_site", "limit": limit, "population": {"zones": [zone]}}
        return {"text": {"en": "x"}, "parts": [part]}

    scenario = own(
        time={"window": "7 d", "drain": "2 d"},
        network=line("a", "v", "b", minutes=30),
        stations={"a": station("a", 0, covers=["a", "v"]), "b": station("b")},
        products={"p": {"rate": "20 /d"}},
        dispatch={"who": "own-then-backup", "backup_radius": "90 min"},
        reporting={
            "zones": {
                "city": {"name": {"en": "City"}, "areas": ["a"]},
                "country": {"name": {"en": "Country"}, "areas": ["v", "b"]},
            }
        },
        clauses={"city": clause("2 h", "city"), "country": clause("12 h", "country")},
    )
    faults = [
        ("2018-01-01 08:00", "b"),
        *((f"2018-01-01 08:{t}", p) for t, p in (("10", "v"), ("20", "v"), ("30", "a"))),
    ]
    case, log = told(scenario, faults)
    order = sorted(range(4), key=lambda k: log.tickets["assigned"][k])
    assert [case.places.ids[log.tickets["town"][k]] for k in order] == ["b", "a", "v", "v"]
    assert clock(case, log.tickets["reported"][order]) == [f"Mon 08:{t}:00" for t in ("00", "30", "10", "20")]
    assert log.visits["tier"].tolist() == [0, 1, 1, 1]
