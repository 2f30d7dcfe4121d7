"""What the references of the log schema mean in a case."""

from __future__ import annotations

from simsvc.case.arrays import Case
from simsvc.log.schema import CODES


def reference_names(case: Case) -> dict[str, tuple[str, ...]]:
    """Names by index, under the keys of ``Column.refers``; the codes are among them."""
    places, staffing, supply = case.places, case.staffing, case.supply
    return CODES | {
        "areas": places.areas,
        "places": places.ids,
        "products": supply.products,
        "modes": tuple(f"{supply.products[p]}.{m}" for p, m in supply.modes),
        "channels": tuple(case.model.desk.channels) if case.model.desk is not None else (),
        "repairs": tuple(case.model.repairs),
        "loaners": tuple(case.model.loaners),
        "parts": supply.parts,
        "stations": staffing.stations,
        "stores": (*staffing.stations, "hub"),
        "engineers": staffing.engineers,
        "planned": tuple(case.model.planned),
        "goods": supply.goods,
        "routes": supply.routes,
    }
