"""Quotations that a page tells by its elements: the marks and the name are in the text."""

from __future__ import annotations

import pytest

from index.loaders import load_document
from index.models import Article

REST = "<p>La réunion s’est tenue jeudi soir dans la grande salle de la mairie, devant une centaine d’habitants.</p>"


def paragraph(html: str, lang: str = "fr") -> str:
    page = f'<html lang="{lang}"><head><title>Le pont</title></head><body><article>{REST}{html}{REST}</article></body>'
    (found,) = load_document(page.encode(), "a.html", None, origin="/in/a.html", limit=100_000)
    assert isinstance(found, Article), found
    return "\n\n".join(found.text.split("\n\n")[1:-1]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("html", "lang", "text"),
    [
        ("<p>Il dit : <q>le pont <b>tient</b></q>.</p>", "fr", "Il dit : « le pont tient »."),
        ("<p>He said <q>it holds</q>.</p>", "en-GB", "He said “it holds”."),
        ("<p>He said <q> she said <q>no</q> </q>.</p>", "en", "He said “she said ‘no’”."),
        ("<p>Il dit <q lang='en'>it holds</q>.</p>", "fr", "Il dit “it holds”."),
        ("<p>Il dit <q>« oui »</q>.</p>", "fr", "Il dit « oui »."),
        ("<p>Il dit <q>oui</q>.</p>", "", "Il dit “oui”."),
    ],
)
def test_marks_that_a_browser_draws_are_in_the_text(html: str, lang: str, text: str) -> None:
    assert paragraph(html, lang) == text


KEPT = "« Le pont tiendra. » — Léa Morin, maire"


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>Le pont tiendra.</p><footer>— <cite>Léa Morin, maire</cite></footer></blockquote>",
        "<blockquote><p>Le pont tiendra.</p><footer><cite>Léa Morin</cite><br>maire</footer></blockquote>",
        "<blockquote><p>Le pont tiendra.</p><cite>Léa Morin, maire</cite></blockquote>",
        "<blockquote><p>Le pont tiendra. — <cite>Léa Morin, maire</cite></p></blockquote>",
        "<blockquote><p>Le pont tiendra.</p><p>– <cite>Léa Morin</cite>, maire</p></blockquote>",
        "<blockquote>Le pont tiendra.<br>― Léa Morin, maire</blockquote>",
        "<figure><blockquote><p>Le pont tiendra.</p></blockquote><figcaption>Léa Morin, maire</figcaption></figure>",
        "<figure class='wp-block-pullquote'><blockquote><p>« Le pont tiendra. »</p><cite>Léa Morin, maire</cite>"
        "</blockquote></figure>",
    ],
)
def test_name_of_a_block_quotation_stands_beside_its_words(html: str) -> None:
    assert paragraph(html) == KEPT


def test_embedded_post_is_a_quotation_of_who_wrote_it() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The bridge holds.<br>It does.</p>&mdash; Lea Moss '
        '(@leamoss) <a href="https://posts.example/1">June 3, 2024</a></blockquote><script async></script>'
    )
    assert paragraph(post, "en") == "“The bridge holds.\nIt does.” — Lea Moss (@leamoss) June 3, 2024"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<blockquote><p>Nul ne passe.</p><p>Nul ne reste.</p></blockquote>", "Nul ne passe.\n\nNul ne reste."),
        ("<blockquote><p>J’ai lu <cite>Le Pont</cite></p></blockquote>", "J’ai lu Le Pont"),
        ("<blockquote><p>— Oui.</p></blockquote>", "— Oui."),
    ],
)
def test_block_that_tells_no_name_stays_as_it_is(html: str, text: str) -> None:
    assert paragraph(html) == text


def test_characters_that_no_tree_takes_are_left_out_beside_a_quotation() -> None:
    html = "<blockquote>Le pont tiendra.<br>— Léa Morin, maire</blockquote>\x01 Fin.&#2;&#01 "
    html += "<p>Il\x0bdit&nbsp;\x03: oui&#xb;.</p>"
    assert paragraph(html) == "« Le pont tiendra. » — Léa Morin, maire\n\nFin.\n\nIl dit : oui."
