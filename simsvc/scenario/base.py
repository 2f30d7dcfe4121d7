"""What every table of a scenario file shares: strict types, no unknown keys, immutable."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """Base of all scenario tables."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=False, allow_inf_nan=False)

    def __hash__(self) -> int:
        """By content, lists and maps included, so that what was made of a table can be kept and found again."""
        return hash(self.model_dump_json())


class Text(Table):
    """A text in English and Chinese (Chinese falls back to English)."""

    en: str
    zh: str = ""

    def __getitem__(self, language: str) -> str:
        return (self.zh or self.en) if language == "zh" else self.en
