from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.page import speaker_chart
from assistant.page.quotation_table import MOST_PEOPLE, statement_form, statement_table
from assistant.page.speaker_chart import SPEAKERS
from assistant.rendering.template import page_html
from assistant.texts.catalogue import texts_of
from assistant.workspace import Facets
from index.models import Statement, Tally
from tests.invented import HOSTILE, statement
from tests.markup import assert_only_ours, parsed, seen


def table(*statements: Statement, shown: int = 9, lang: str = "fr") -> str:
    return statement_table(statements, shown, lang)


def chart(statements: list[Statement], lang: str) -> str:
    return page_html("chart", texts=texts_of(lang), chart=speaker_chart.chart(statements), voices="8 voices")


def test_a_statement_is_a_row_that_leads_to_its_place() -> None:
    page = table(statement("Oui", via="Axios", kind="mixed"))
    row = seen(page.rpartition("<tbody>")[2]).replace("\u00a0", " ")
    assert row == "Yolande Perchat selon Axiosa dit : « Oui »Le port rouvreLe Fanal1er mars 2025cité en partie"
    assert f'href="#dixit-{"0f" * 8}-40-43"' in page


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "Yolande Perchat"),
        ({"speaker": None, "speaker_as_written": "elle"}, "Elle"),
        ({"speaker": "un diplomate"}, "Un diplomate"),
        ({"speaker": None}, "Locuteur"),
        ({"confidence": 0.7}, "Yolande Perchat attribution probable"),
        ({"confidence": 0.7, "alternative": "Luc"}, "Yolande Perchat (ou peut-être Luc) attribution probable"),
    ],
)
def test_the_speaker_is_named_as_far_as_the_article_does(changes: dict[str, object], name: str) -> None:
    assert name in seen(table(statement(**changes)))


def test_a_long_table_shows_more_at_a_click() -> None:
    page = table(*[statement()] * 30, shown=10)
    assert page.count('class="words quoted"') == 10
    assert 'data-set="shown" value="110"' in page
    assert "Afficher 20 de plus" in seen(page)
    assert "30 citations" in seen(page)


def test_nothing_found_is_told() -> None:
    assert "Aucune citation ne correspond" in seen(table())


def test_the_chart_counts_speakers_and_puts_their_days_on_a_line() -> None:
    said = [
        statement(speaker="A", published=date(2025, 1, 1)),
        statement(speaker="A", published=date(2025, 1, 1)),
        statement(speaker="A", published=date(2025, 1, 11)),
        statement(speaker="B", published=date(2025, 1, 6)),
        statement(speaker="B", published=None),
        statement(speaker=None),
    ]
    page = chart(said, "fr")
    _, attributes = parsed(page)
    assert [value for name, value in attributes if name == "cx"] == ["3.0%", "97.0%", "50.0%"]
    assert [value for name, value in attributes if name == "width" and value != "100%"] == ["100.0%", "66.7%"]
    told = [value.replace("\u00a0", " ") for name, value in attributes if name == "aria-label" and "citation" in value]
    assert told == ["1er janvier 2025 : 2 citations", "11 janvier 2025 : 1 citation", "6 janvier 2025 : 1 citation"]
    assert "1er janvier 202511 janvier 2025" in seen(page)
    assert "1 citation sans date n’est pas sur la ligne." in seen(page)


def test_a_chart_shows_those_who_speak_most() -> None:
    said = [statement(speaker=f"S{number}") for number in range(SPEAKERS + 5)] + [statement(speaker="Most")] * 3
    page = chart(said, "en")
    assert page.count('scope="row"') == SPEAKERS
    assert "Who is quoted most, and when: 8 voices" in seen(page)
    assert seen(page).index("Most 3") < seen(page).index("S0")


@pytest.mark.parametrize(
    ("lang", "told", "marks"),
    [
        ("fr", "Qui est le plus cité, et quand : 7 personnes, 2 institutions et 1 voix", ["institution"] * 2),
        ("en", "Who is quoted most, and when: 7 people, 2 organisations and 1 voice", ["organisation"] * 2),
    ],
)
def test_a_chart_tells_people_from_others(lang: str, told: str, marks: list[str]) -> None:
    kinds = ["person"] * 7 + ["body"] * 2 + [None] + ["body"] * 9  # those of the last are quoted too little
    said = [statement(speaker=f"S{number:02}", speaker_kind=kind) for number, kind in enumerate(kinds)]
    page = table(*said, lang=lang)
    assert told in seen(page).replace("\u00a0", " ")
    assert re.findall(r'<span class="kind">(.*?)</span>', page.partition("</table>")[0]) == marks


@pytest.mark.parametrize(("further", "told"), [([], "probablement A"), ([0.99], "A"), ([None], "A")])
def test_a_chart_tells_one_as_likely_of_whom_nothing_is_sure(further: list[float | None], told: str) -> None:
    page = chart([statement(speaker="A", confidence=confidence) for confidence in [0.7, *further]], "fr")
    assert f"<bdi>{told}</bdi>" in page


@pytest.mark.parametrize("published", [None, date(2025, 1, 1)])
def test_a_chart_needs_a_speaker_and_does_without_dates(published: date | None) -> None:
    assert chart([statement(speaker=None)], "fr") == ""
    assert chart([statement(published=published)], "fr").count("<circle") == (published is not None)


def test_the_most_quoted_are_offered_with_how_often() -> None:
    quoted = [Tally(f"S{number}", 300 - number) for number in range(MOST_PEOPLE + 1)]
    form = statement_form(Facets(1, 1, [], [], quoted), "fr")
    offered = re.findall(r'<option value="(S\d+)">(.*?)</option>', form)
    assert offered[0] == ("S0", "300 citations")
    assert len(offered) == MOST_PEOPLE


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_text(text: str) -> None:
    unsure: dict[str, object] = {"confidence": 0.7, "alternative": text}
    foreign = statement(text, **unsure, speaker=text, title=text, source=text, via=text, lang=text, key=text)
    assert_only_ours(table(foreign, statement(text, speaker=None, speaker_as_written=text)))
    assert_only_ours(statement_form(Facets(1, 1, [text], [text], [Tally(text, 2)]), "fr"))
