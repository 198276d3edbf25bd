"""A reason is told whole in every language, from one line of data for each kind."""

from __future__ import annotations

import copy
import pickle
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from assistant.texts import catalogue
from index.languages.data_files import table
from index.reason import Reason, holes

TOLD = tomllib.loads((Path(__file__).parent / "refusals.toml").read_text(encoding="utf-8"))
WORDS = Path(__file__).parents[2] / "index" / "languages"
LANGUAGES = sorted(file.parent.name for file in WORDS.glob("*/refusals.toml"))


def reason(kind: str, values: Mapping[str, Any]) -> Reason:
    return Reason(kind, {name: reason(**one) if isinstance(one, dict) else one for name, one in values.items()})


def filled_in(template: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None}


def test_reasons_are_told_in_every_language_that_is_spoken() -> None:
    assert set(catalogue.LANGUAGES) <= set(LANGUAGES)


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
@pytest.mark.parametrize("kind", TOLD)
def test_a_reason_is_told_in_each_language(kind: str, lang: str) -> None:
    why = reason(kind, TOLD[kind].get("values", {}))
    assert why.told(lang) == TOLD[kind][lang]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", table("en", "refusals"))
def test_every_kind_can_be_told(kind: str, lang: str) -> None:
    values = {name: 1_234 if is_number else "here" for name, is_number in (holes(kind) or {}).items()}
    told = Reason(kind, values).told(lang)
    assert ("1234" in told) is False and told.count("here") >= list(values.values()).count("here")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_have_the_same_kinds_with_the_same_values(lang: str) -> None:
    first, other = table("en", "refusals"), table(lang, "refusals")
    assert list(other) == list(first)
    assert {kind: filled_in(line) for kind, line in other.items()} == {
        kind: filled_in(line) for kind, line in first.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_is_one_whole_line(lang: str) -> None:
    for kind, line in table(lang, "refusals").items():
        assert "\n" not in line and (line.endswith(".") or line.endswith("{reason}")), kind


def test_french_puts_no_break_spaces_before_its_marks() -> None:
    for kind, line in table("fr", "refusals").items():
        assert not re.search(r" [?!:;»]|« ", line), kind


def test_a_reason_is_english_as_a_string() -> None:
    assert str(Reason("too_long", {"most": 400_000})).startswith("it is longer than 400,000 characters. Split it")
    assert f"{Reason('empty')}" == Reason("empty").told("en")


@pytest.mark.parametrize("lang", ["de", "xx", "", "../en"])
def test_a_language_without_words_is_answered_in_english(lang: str) -> None:
    why = Reason("too_long", {"most": 400_000})
    assert why.told(lang) == why.told("en")


@pytest.mark.parametrize(
    ("seconds", "english", "french"),
    [(30.0, "30 seconds", "30 secondes"), (0.25, "0.25 seconds", "0,25 secondes"), (3_600, "3,600", "3\u202f600")],
)
def test_numbers_are_written_as_the_language_writes_them(seconds: float, english: str, french: str) -> None:
    why = Reason("too_many_seconds", {"seconds": seconds})
    assert english in why.told("en")
    assert french in why.told("fr")


def test_braces_in_a_value_are_its_own() -> None:
    assert "{most} {0}" in str(Reason("unreadable", {"why": "{most} {0}"}))


def test_an_unknown_kind_is_no_reason() -> None:
    assert holes("nothing of the kind") is None
    with pytest.raises(KeyError):
        str(Reason("nothing of the kind"))


def test_a_value_is_a_number_where_it_is_written_as_one() -> None:
    assert holes("invalid_bytes") == {"encoding": False, "byte": False}
    assert holes("too_many_files") == {"count": True, "most": True}
    assert holes("empty") == {}


@pytest.mark.parametrize("kind", ["empty", "too_long", "mail_text"])
def test_a_reason_is_copied_as_it_is(kind: str) -> None:
    why = reason(kind, TOLD[kind].get("values", {}))
    assert pickle.loads(pickle.dumps(why)) == copy.deepcopy(why) == why
    assert len({why, copy.deepcopy(why)}) == 1
