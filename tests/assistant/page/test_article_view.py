from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page import article_view
from assistant.rendering.escaping import visible
from index.models import Article, Quotation, content_id
from tests.invented import HOSTILE
from tests.markup import assert_only_ours, assert_well_formed, seen


def article(text: str, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": content_id(text),
        "key": "a",
        "title": "Un titre",
        "text": text,
        "lang": "fr",
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def said(start: int, end: int, speaker: str | None = "Ana Ruiz", **changes: object) -> Quotation:
    return Quotation("a", start, end, kind="direct", speaker=speaker, **changes)  # type: ignore[arg-type]


def body(page: str) -> str:
    """The HTML of the text alone."""
    return page.partition('<div class="verbatim">')[2].removesuffix("</div></article>")


def marked(page: str) -> str:
    return seen("".join(re.findall(r'<mark class="cited"[^>]*>(.*?)</mark>', page, re.DOTALL)))


@given(st.data())
def test_the_text_is_shown_as_it_is_whatever_is_marked_in_it(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=60))
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    start, end = data.draw(st.tuples(place, place).map(sorted))
    page = article_view.article_page(article(text), [said(*span) for span in spans], (start, end), "fr")
    assert seen(body(page)) == visible(text)
    assert marked(page) == visible(text[start:end])
    assert_well_formed(body(page))


def test_the_cited_words_are_one_mark_with_quotations_inside() -> None:
    page = article_view.article_page(article("abc def ghi jkl"), [said(0, 6), said(8, 15)], (4, 11), "fr")
    assert page.count("<mark") == 1
    assert marked(page) == "def ghi"


def test_the_title_in_the_text_is_its_headline() -> None:
    page = article_view.article_page(article("Un titre\n\nTexte"), [], None, "fr")
    assert '<strong class="headline">Un titre</strong>\n\nTexte' in page
    assert "<h2" not in page
    assert '<h2 class="headline"><bdi>Un titre</bdi></h2>' in article_view.article_page(
        article("Texte"), [], None, "fr"
    )


def test_each_speaker_has_one_colour_and_a_count() -> None:
    quotations = [said(0, 1, "Ana Ruiz"), said(2, 3, "Bo Lind"), said(4, 5, "Ana Ruiz"), said(6, 7, None)]
    page = article_view.article_page(article("a b c d"), quotations, None, "en")
    assert re.findall(r'class="quotation direct (speaker-\w+)"(?: data-speaker="(\d)")?', page) == [
        ("speaker-0", "0"),
        ("speaker-1", "1"),
        ("speaker-0", "0"),
        ("speaker-none", ""),
    ]
    assert re.findall(r"<button [^>]*data-speaker=[^>]*><bdi>([^<]*)</bdi> <span[^>]*>(\d)", page) == [
        ("Ana Ruiz", "2"),
        ("Bo Lind", "1"),
    ]
    assert "4 quotations" in page


def test_a_speaker_who_is_no_person_is_marked() -> None:
    quotations = [said(0, 1, "Ana Ruiz", speaker_kind="person"), said(2, 3, "Police", speaker_kind="body")]
    page = article_view.article_page(article("a b c d"), quotations, None, "fr")
    assert '<bdi>Police</bdi> <span class="kind">institution</span> <span class="count">1' in page
    assert page.count('class="kind"') == 1


def test_a_likely_speaker_is_told_as_likely() -> None:
    unsure = said(0, 1, "Ana Ruiz", confidence=0.7, alternative="Luc Mas")
    sure = said(2, 3, "Ana Ruiz", confidence=0.99, alternative="Luc Mas")
    for quotations, name in (([unsure], "probablement Ana Ruiz"), ([unsure, sure], "Ana Ruiz")):
        page = article_view.article_page(article("a b c d"), quotations, None, "fr")
        titles = re.findall(r'class="quotation [^>]* title="([^"]*)"', page)
        assert titles == ["probablement Ana Ruiz · ou peut-être Luc Mas · cité", "Ana Ruiz · cité"][: len(quotations)]
        assert f"<bdi>{name}</bdi>" in page


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.com/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ('http://x/" onclick="y', False),
    ],
)
def test_only_web_addresses_become_links(url: str, link: bool) -> None:
    page = article_view.article_page(article("Texte", url=url), [], None, "fr")
    assert ("<a href=" in page) is link
    assert 'onclick="' not in page


def test_foreign_text_is_text_everywhere() -> None:
    text = " ".join(HOSTILE)
    foreign = article(text, title=text[::-1], source=text, author=text, url=text, lang=text, key=text)
    page = article_view.article_page(foreign, [said(0, 5, text, via=text)], (2, 9), "fr")
    assert_only_ours(page)


def test_the_panel_tells_file_form_and_page() -> None:
    told = article("Oui. Non.", origin="/x/budget.pdf", form="PDF", pages=(0, 5), source="Le Fanal")
    assert "Le Fanal · budget.pdf · PDF · page 2" in seen(article_view.article_page(told, [], (5, 8), "fr"))
    assert "Le Fanal · budget.pdf · PDF" in seen(article_view.article_page(told, [], None, "en"))
