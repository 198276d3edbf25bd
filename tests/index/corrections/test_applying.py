"""Corrections over what was read: nothing of the reading is lost, and what is corrected says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.corrections import Correction, anchored, corrected, edited, words_before
from index.models import Article, Extraction, Person, Quotation, content_id

TEXT = "Port fermé\n\n« La digue tiendra », a dit Ana Roux. Le maire, Luc Ferrand, en doute : « On verra bien »."
ARTICLE = Article(content_id(TEXT), "port", "Port fermé", "fr", text=TEXT)
FIRST, SECOND = "La digue tiendra", "On verra bien"


def said(words: str, speaker: str | None, **told: object) -> Quotation:
    start = TEXT.index(words)
    return replace(Quotation(ARTICLE.id, start, start + len(words), "direct", speaker), **told)  # type: ignore[arg-type]


FOUND = Extraction(
    (
        said(FIRST, "Ana Roux", speaker_kind="person", confidence=0.7, sure=False, speaker_as_written="Ana Roux"),
        said(SECOND, "Luc Ferrand", speaker_kind="person", alternative="Ana Roux"),
    ),
    (Person("Ana Roux", "person", "Fem", (), ((40, 48),)), Person("Luc Ferrand", "person", "Masc", ("maire",))),
)


def about(words: str, kind: str, **told: object) -> Correction:
    start = TEXT.index(words)
    before = words_before(TEXT, start)
    made = Correction(kind, ARTICLE.id, start, start + len(words), words, before, quotation_kind="direct", id=1)  # type: ignore[arg-type]
    return replace(made, **told)  # type: ignore[arg-type]


def test_without_corrections_the_reading_stands() -> None:
    assert corrected(ARTICLE, FOUND, []) == FOUND


def test_a_corrected_speaker_is_sure_and_tells_who_was_read() -> None:
    first, second = corrected(ARTICLE, FOUND, [about(FIRST, "speaker", value="Luc Ferrand")]).quotations
    assert (first.speaker, first.corrected, first.read_as) == ("Luc Ferrand", True, "Ana Roux")
    assert (first.sure, first.confidence, first.speaker_as_written, first.speaker_kind) == (True, 1.0, None, "person")
    assert second == FOUND.quotations[1]


def test_whoever_was_not_read_in_the_article_is_one_of_its_people() -> None:
    told = corrected(ARTICLE, FOUND, [about(FIRST, "speaker", value="Port de Hask", speaker_kind="body")])
    assert told.quotations[0].speaker_kind == "body"
    assert Person("Port de Hask", "body") in told.people


def test_a_cleared_speaker_is_nobody() -> None:
    first = corrected(ARTICLE, FOUND, [about(FIRST, "speaker", value=None)]).quotations[0]
    assert (first.speaker, first.sure, first.confidence, first.speaker_kind) == (None, None, None, None)
    assert (first.corrected, first.read_as) == (True, "Ana Roux")


def test_the_later_of_two_corrections_holds_and_the_reading_is_still_told() -> None:
    made = [about(FIRST, "speaker", value="Luc Ferrand"), about(FIRST, "speaker", value=None, id=2)]
    first = corrected(ARTICLE, FOUND, reversed(made)).quotations[0]
    assert (first.speaker, first.read_as) == (None, "Ana Roux")


def test_what_is_no_quotation_is_left_out() -> None:
    assert corrected(ARTICLE, FOUND, [about(FIRST, "not_quotation")]).quotations == FOUND.quotations[1:]


def test_a_span_is_moved_within_the_text() -> None:
    first = corrected(ARTICLE, FOUND, [about(FIRST, "span", value="digue tiendra", offset=3)]).quotations[0]
    assert TEXT[first.start : first.end] == "digue tiendra"
    assert (first.speaker, first.corrected) == ("Ana Roux", True)


def test_a_name_is_another_s_everywhere_that_it_stands() -> None:
    made = Correction("rename", None, name="ana roux", value="Anna Roux-Hask", id=1)
    told = corrected(ARTICLE, FOUND, [made])
    assert [(q.speaker, q.read_as, q.alternative) for q in told.quotations] == [
        ("Anna Roux-Hask", "Ana Roux", None),
        ("Luc Ferrand", None, "Anna Roux-Hask"),
    ]
    assert [(p.name, p.mentions) for p in told.people] == [("Luc Ferrand", ()), ("Anna Roux-Hask", ((40, 48),))]


def test_two_names_are_one_and_mentions_of_both_are_kept() -> None:
    made = Correction("rename", None, name="Ana Roux", value="Luc Ferrand", id=1)
    told = corrected(ARTICLE, FOUND, [made])
    assert {q.speaker for q in told.quotations} == {"Luc Ferrand"}
    assert [(p.name, p.roles, p.mentions) for p in told.people] == [("Luc Ferrand", ("maire",), ((40, 48),))]
    assert told.quotations[1].alternative is None


def test_names_are_corrected_after_places_whichever_came_first() -> None:
    made = [
        Correction("rename", None, name="Luc Ferrand", value="Lucien Ferrand", id=1),
        about(FIRST, "speaker", value="Luc Ferrand", id=2),
    ]
    assert {q.speaker for q in corrected(ARTICLE, FOUND, made).quotations} == {"Lucien Ferrand"}


def test_a_correction_of_another_article_changes_nothing() -> None:
    assert corrected(ARTICLE, FOUND, [Correction("rename", "0f" * 8, name="Ana Roux", value="X", id=1)]) == FOUND


@pytest.mark.parametrize("kind", ["speaker", "not_quotation"])
def test_a_quotation_that_is_read_a_little_longer_now_is_still_the_corrected_one(kind: str) -> None:
    longer = replace(FOUND.quotations[0], start=FOUND.quotations[0].start - 2)
    now = replace(FOUND, quotations=(longer, FOUND.quotations[1]))
    told = corrected(ARTICLE, now, [about(FIRST, kind, value="Luc Ferrand" if kind == "speaker" else None)])
    assert [q.speaker for q in told.quotations if q.start < 40] == (["Luc Ferrand"] if kind == "speaker" else [])


def test_a_corrected_quotation_that_is_no_longer_read_is_still_there() -> None:
    told = corrected(ARTICLE, Extraction((), ()), [about(FIRST, "speaker", value="Luc Ferrand")])
    assert [(q.speaker, TEXT[q.start : q.end], q.kind) for q in told.quotations] == [("Luc Ferrand", FIRST, "direct")]


def test_words_are_found_again_in_another_version_where_most_of_the_same_stands_before_them() -> None:
    text = f"« {FIRST} », titre le journal. " + TEXT
    placed = anchored(about(FIRST, "speaker", value="X"), text)
    assert placed is not None and placed.start == text.rindex(FIRST)


def test_words_that_are_gone_are_no_longer_corrected() -> None:
    other = replace(ARTICLE, text="Rien de tel.")
    assert anchored(about(FIRST, "speaker", value="X"), other.text) is None
    assert corrected(other, Extraction(), [about(FIRST, "speaker", value="X")]) == Extraction()


def test_what_readers_know_better_of_an_article_takes_the_place_of_what_its_source_tells() -> None:
    made = [
        Correction("title", ARTICLE.id, value="Le port rouvre"),
        Correction("published", ARTICLE.id, value="2026-03-12"),
        Correction("source", ARTICLE.id, value=None),
    ]
    told = edited(replace(ARTICLE, source="?"), made)
    assert (told.title, told.published, told.source) == ("Le port rouvre", date(2026, 3, 12), None)
