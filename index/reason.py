"""What is told of a source: a kind and its values, in the words of ``languages/<lang>/refusals.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Any, TypeAlias

from babel.numbers import format_decimal

from index.languages.data_files import table

Value: TypeAlias = "str | int | float | Reason"

_FIRST = "en"
_NUMBER = ","  # "{most:,}": a number, as the language writes it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a source is refused, or what is to be known of it, in no language; as a string, it is told in English.

    Attributes:
        kind: a key of the languages' ``refusals.toml``.
        values: what that line has holes for, numbers as they are; a reason among them is told in the same language.
    """

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def told(self, lang: str = _FIRST) -> str:
        """Return what is so and the next step, in one line; in English when a language has no words for it.

        Raises:
            KeyError: there is no such kind, or a value is missing.
        """
        spoken = lang if table(lang, "refusals") else _FIRST
        return _Writer(spoken).vformat(table(spoken, "refusals")[self.kind], (), self.values)

    def __str__(self) -> str:
        return self.told()


@cache
def holes(kind: str) -> Mapping[str, bool] | None:
    """Return the values that a kind of reason needs, and whether each must be a number; None for an unknown kind."""
    template = table(_FIRST, "refusals").get(kind)
    if template is None:
        return None
    return {name: spec == _NUMBER for _, name, spec, _ in Formatter().parse(template) if name is not None}


class _Writer(Formatter):
    """Fills in values as a language writes them."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Reason):
            return value.told(self._lang)
        if format_spec == _NUMBER:
            return format_decimal(value, locale=self._lang, decimal_quantization=False)
        return str(value)
