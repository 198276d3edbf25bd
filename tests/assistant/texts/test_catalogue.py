from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.texts.catalogue import LANGUAGES, spoken, texts_of
from index.languages.speech_acts import acts

ROOT = Path(__file__).parents[3]
ASKED_FOR = re.compile(r"\btexts\.(?:get|entry)\(\s*[\"']([a-z_]+(?:\.[a-z_]+)*)[\"'][,)]")


def flat(entries: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in entries.items():
        out |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return out


def holes(sentence: object) -> set[str | None]:
    return {hole for _, hole, _, _ in string.Formatter().parse(str(sentence)) if hole}


def test_every_language_says_the_same_things() -> None:
    first, *others = (flat(texts_of(lang).entries) for lang in LANGUAGES)
    for other in others:
        assert other.keys() == first.keys()
        assert {key: holes(value) for key, value in other.items()} == {
            key: holes(value) for key, value in first.items()
        }


def test_every_sentence_that_is_asked_for_by_name_is_there() -> None:
    there = flat(texts_of("en").entries)
    files = [ROOT / "app.py", *(ROOT / "assistant").rglob("*.py"), *(ROOT / "assistant").rglob("*.html")]
    asked = {(path.name, key) for path in files for key in ASKED_FOR.findall(path.read_text(encoding="utf-8"))}
    assert asked
    assert not [(name, key) for name, key in sorted(asked) if not any(f"{one}.".startswith(f"{key}.") for one in there)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verb_is_told_for_acts_that_there_are(lang: str) -> None:
    assert set(texts_of(lang).entry("byline.acts")) <= set(acts())


def test_french_puts_no_break_spaces_before_its_marks() -> None:
    for key, sentence in flat(texts_of("fr").entries).items():
        assert not re.search(r" [?!:;»]|« ", str(sentence)), key


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("FR", "fr"),
        ("de-DE,de;q=0.9,fr;q=0.8", "en"),
        ("xx-fr", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_browser_is_spoken_to_in_its_language(header: str | None, lang: str) -> None:
    assert spoken(header) == lang


@pytest.mark.parametrize(
    ("lang", "count", "told"),
    [
        ("fr", 0, "0 article"), ("fr", 1, "1 article"), ("fr", 2, "2 articles"),
        ("en", 0, "0 articles"), ("en", 1, "1 article"), ("en", 2, "2 articles"),
        ("fr", 1_000_000, "1\u202f000\u202f000 articles"), ("en", 1_000_000, "1,000,000 articles"),
    ],
)  # fmt: skip
def test_counts_agree(lang: str, count: int, told: str) -> None:
    assert texts_of(lang).get("article_list.count", count=count) == told


@pytest.mark.parametrize(
    ("lang", "day", "told"),
    [
        ("fr", date(2025, 3, 1), "1er mars 2025"),
        ("fr", date(2025, 8, 22), "22 août 2025"),
        ("en", date(2025, 3, 1), "1 March 2025"),
        ("de", date(2025, 12, 31), "31 December 2025"),
    ],
)
def test_dates_are_written_out(lang: str, day: date, told: str) -> None:
    assert texts_of(lang).day(day) == told


@pytest.mark.parametrize(
    ("lang", "months"),
    [
        ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("en", "January February March April May June July August September October November December"),
    ],
)
def test_each_month_has_its_name(lang: str, months: str) -> None:
    assert [texts_of(lang).day(date(2025, month, 2)) for month in range(1, 13)] == [
        f"2 {month} 2025" for month in months.split()
    ]


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [(0, "0", "0"), (999, "999", "999"), (1000, "1\u202f000", "1,000"), (1234567, "1\u202f234\u202f567", "1,234,567")],
)
def test_numbers_have_their_thousands_apart(number: int, french: str, english: str) -> None:
    assert (texts_of("fr").number(number), texts_of("en").number(number)) == (french, english)


def test_a_sentence_keeps_braces_that_come_from_an_article() -> None:
    assert texts_of("en").get("article_list.remove", title="{x} {{7*7}}") == "Remove the article {x} {{7*7}}"


@pytest.mark.parametrize(
    ("lang", "name", "told"),
    [
        ("fr", "Ana Ruiz", "d’Ana Ruiz."), ("fr", "Élodie", "d’Élodie."), ("fr", "Yves Gin", "d’Yves Gin."),
        ("fr", "Yasmine Gin", "de Yasmine Gin."), ("fr", "Hugo Gin", "de Hugo Gin."),
        ("en", "Ana Ruiz", "of Ana Ruiz."),
    ],
)  # fmt: skip
def test_what_french_cuts_before_a_vowel_is_cut(lang: str, name: str, told: str) -> None:
    assert texts_of(lang).get("reply.yes", speaker=name).endswith(told)


@pytest.mark.parametrize(
    ("form", "english", "french"),
    [
        ("text in Windows-1252", "text in Windows-1252", "texte en Windows-1252"),
        ("mail", "mail", "courriel"),
        ("feed", "feed", "flux"),
        ("PDF", "PDF", "PDF"),
        ("dépêche {x}", "dépêche {x}", "dépêche {x}"),
    ],
)
def test_what_an_article_was_read_from_is_told(form: str, english: str, french: str) -> None:
    assert (texts_of("en").form(form), texts_of("fr").form(form)) == (english, french)
