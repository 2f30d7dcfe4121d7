"""Distributions of durations, as a person writes them.

A plain duration is a constant; otherwise a table names the kind:
``{ dist = "lognormal", mean = "45 min", cv = 0.8 }``.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from simsvc.scenario.base import Table
from simsvc.scenario.quantity import Amount, Duration, Factor


class Constant(Table):
    """Always ``value``."""

    dist: Literal["constant"] = "constant"
    value: Duration

    @property
    def mean_s(self) -> float:
        return self.value


class Uniform(Table):
    """Uniform between ``low`` and ``high``."""

    dist: Literal["uniform"]
    low: Duration
    high: Duration

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.low > self.high:
            raise ValueError("low must not exceed high")
        return self

    @property
    def mean_s(self) -> float:
        return (self.low + self.high) / 2


class Triangular(Table):
    """Triangular with its ``mode`` between ``low`` and ``high``."""

    dist: Literal["triangular"]
    low: Duration
    mode: Duration
    high: Duration

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise ValueError("low <= mode <= high and low < high are needed")
        return self

    @property
    def mean_s(self) -> float:
        return (self.low + self.mode + self.high) / 3


class Exponential(Table):
    """Exponential with ``mean``."""

    dist: Literal["exponential"]
    mean: Duration

    @property
    def mean_s(self) -> float:
        return self.mean


class Gamma(Table):
    """Gamma with ``mean`` and coefficient of variation ``cv``."""

    dist: Literal["gamma"]
    mean: Duration
    cv: Factor

    @property
    def mean_s(self) -> float:
        return self.mean


class Lognormal(Table):
    """Lognormal with ``mean`` and coefficient of variation ``cv`` (of the duration itself, not of its logarithm)."""

    dist: Literal["lognormal"]
    mean: Annotated[Duration, Field(gt=0)]
    cv: Factor

    @property
    def mean_s(self) -> float:
        return self.mean


class Weibull(Table):
    """Weibull with ``mean`` and ``shape``."""

    dist: Literal["weibull"]
    mean: Duration
    shape: Factor

    @property
    def mean_s(self) -> float:
        return self.mean

    @property
    def scale_s(self) -> float:
        return self.mean / math.gamma(1 + 1 / self.shape)


class Empirical(Table):
    """One of ``values``, with ``weights`` (equal when left out)."""

    dist: Literal["empirical"]
    values: Annotated[list[Duration], Field(min_length=1)]
    weights: list[Amount] | None = None

    @model_validator(mode="after")
    def _paired(self) -> Empirical:
        if self.weights is not None and (len(self.weights) != len(self.values) or sum(self.weights) <= 0):
            raise ValueError("weights must be as many as values and not all zero")
        return self

    @property
    def mean_s(self) -> float:
        weights = self.weights or [1.0] * len(self.values)
        return sum(w * v for w, v in zip(weights, self.values, strict=True)) / sum(weights)


def _plain(value: Any) -> Any:
    """A bare duration is a constant."""
    return {"dist": "constant", "value": value} if isinstance(value, str | int | float) else value


Distribution = Annotated[
    Annotated[
        Constant | Uniform | Triangular | Exponential | Gamma | Lognormal | Weibull | Empirical,
        Field(discriminator="dist"),
    ],
    BeforeValidator(_plain),
]
ZERO = Constant(dist="constant", value="0 s")  # type: ignore[arg-type]
