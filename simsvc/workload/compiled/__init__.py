"""Drawing by kernels: the same workload as ``workload.draw``, to the bit, and the luck of visits left for later."""

from simsvc.workload.compiled.draw import draw
from simsvc.workload.compiled.lazy import Lazy, Recipe

__all__ = ["Lazy", "Recipe", "draw"]
