"""The languages' data files: a language and a noun -> what that file says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

QuestionLanguage = Literal["fr", "en"]
"""A language that questions are asked in."""

LEXICON = ("verbs", "sources", "nouns", "names", "roles", "function_words", "clauses", "mentions", "calendar")
"""The files whose lists are the lexicon's."""


@dataclass(frozen=True, slots=True)
class Language:
    """A row of ``languages.toml``.

    Attributes:
        parser: the package of a spaCy model.
        filler: what the parser sees in place of a long quotation: before and after its last sign.
        stemmer: Snowball's name of the language.
        recogniser: Tesseract's name of the language; None: scans in it are not read.
    """

    code: str
    parser: str
    filler: tuple[str, str]
    stemmer: str
    recogniser: str | None


@cache
def languages() -> Mapping[str, Language]:
    """Return the languages that are read as a whole, by their ISO 639-1 code, in order."""
    rows = shared("languages")
    return {
        code: Language(code, row["parser"], (row["filler"][0], row["filler"][1]), row["stemmer"], row.get("recogniser"))
        for code, row in rows.items()
    }


@cache
def table(lang: str, noun: str) -> Mapping[str, Any]:
    """Return what ``<lang>/<noun>.toml`` says; nothing when there is no such file."""
    path = files("index.languages") / lang / f"{noun}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if lang.isalpha() and path.is_file() else {}


@cache
def shared(noun: str) -> Mapping[str, Any]:
    """Return what ``<noun>.toml`` says, which is of no one language."""
    return tomllib.loads((files("index.languages") / f"{noun}.toml").read_text(encoding="utf-8"))


@cache
def every(noun: str) -> tuple[Mapping[str, Any], ...]:
    """Return ``<noun>.toml`` of each language that has it, those read as a whole first."""
    found = [folder.name for folder in (files("index.languages")).iterdir() if folder.is_dir()]
    codes = [*languages(), *sorted(set(found) - set(languages()))]
    return tuple(data for code in codes if (data := table(code, noun)))
