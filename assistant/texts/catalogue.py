"""User-facing words, as data: a language and a key in, a sentence out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from index.languages.data_files import QuestionLanguage

LANGUAGES: tuple[QuestionLanguage, ...] = ("en", "fr")
"""The languages that Dixit speaks; the first serves everybody else."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What Dixit says in one language, from ``<lang>.toml``; months, numbers and plurals are Unicode's (CLDR)."""

    lang: str
    entries: dict[str, Any]
    locale: Locale

    def get(self, key: str, **values: object) -> str:
        """Return the sentence of a dotted key ("article_list.count") with its values filled in.

        Args:
            key: table and name in the data file.
            values: ``count``, when there is one, chooses between "one" and "other"; whole numbers have their
                thousands apart.

        Raises:
            KeyError: the data file has no such key.
        """
        entry = self.entry(key)
        if isinstance(entry, dict):
            count: Any = values["count"]
            # French has a form for whole millions, too, which is written like the plural.
            entry = entry.get(self.locale.plural_form(count), entry["other"])
        told = {name: self.number(value) if isinstance(value, int) else str(value) for name, value in values.items()}
        sentence = ""
        for words, hole, _, _ in Formatter().parse(str(entry)):
            sentence = self.joined(sentence + words, told[hole]) if hole else sentence + words
        return sentence

    def entry(self, key: str) -> Any:
        """Return what stands under a dotted key: a sentence, a list or a table."""
        entry: Any = self.entries
        for part in key.split("."):
            entry = entry[part]
        return entry

    def day(self, day: date, before: date | None = None) -> str:
        """Return a date as it is written in running text, without its year if it stands ``before`` one of that year."""
        first = self.entry("first") if day.day == 1 else str(day.day)
        key = "date_in_year" if before and before.year == day.year else "date"
        return self.get(key, day=first, month=self.locale.months["format"]["wide"][day.month], year=str(day.year))

    def month(self, day: date) -> str:
        """Return the month of a date as it stands alone: "March 2017"."""
        month = self.locale.months["stand-alone"]["wide"][day.month]
        return self.get("month", month=f"{month[:1].upper()}{month[1:]}", year=str(day.year))

    def number(self, number: int) -> str:
        """Return a whole number with its thousands apart."""
        return format_decimal(number, locale=self.locale)

    def form(self, form: str) -> str:
        """Return what an article was read from (see ``Article``) in this language, a name ("PDF") as it is."""
        encoding = form.removeprefix("text in ")
        if encoding != form:
            return self.get("form.encoded", encoding=encoding)
        return str(self.entry("form.names").get(form, form))

    def list(self, items: Sequence[str]) -> str:
        """Return several things as they are listed in running text: "a, b and c"."""
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.entry('and')} {items[-1]}"

    def joined(self, before: str, after: str) -> str:
        """Put words together as the language does where they meet: "de" and "Ana" are "d’Ana", "de le" is "du"."""
        for ending, becomes, beginning, begins in self.entry("elision"):
            if re.search(ending, before) and re.match(beginning, after):
                return re.sub(ending, becomes, before) + re.sub(beginning, begins, after, count=1)
        return before + after


@cache
def texts_of(lang: str) -> Texts:
    """Return the words of a language; of the first of ``LANGUAGES`` when Dixit does not speak it."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    data = resources.files("assistant.texts").joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return Texts(lang, tomllib.loads(data), Locale(lang))


def spoken(accept_language: str | None) -> str:
    """Return the language of ``LANGUAGES`` to speak to a browser with this Accept-Language header.

    Only the header's first language counts, as it does for the labels that the browser translates itself.
    """
    first = (accept_language or "").split(",")[0].split(";")[0].split("-")[0].strip().lower()
    return first if first in LANGUAGES else LANGUAGES[0]
