"""What stands beside an article: links to others, and bylines."""

from __future__ import annotations

import pytest

from index.loaders import load_document
from index.loaders.beside import byline_told
from index.models import Article

REST = "<p>La réunion s’est tenue jeudi soir dans la grande salle de la mairie, devant une centaine d’habitants.</p>"


def text(html: str) -> str:
    page = f'<html lang="fr"><head><title>Le port</title></head><body><article>{REST}{html}{REST}</article></body>'
    (found,) = load_document(page.encode(), "a.html", None, origin="/in/a.html", limit=100_000)
    assert isinstance(found, Article), found
    return "\n\n".join(found.text.split("\n\n")[1:-1])


@pytest.mark.parametrize(
    "lead",
    [
        '<div class="x"><span>Lire aussi : </span><a href="/x">« Je pars », dit Ninon Rabier</a></div>',
        '<p><strong>À lire aussi</strong> <a href="/x">« Je pars », dit Ninon Rabier</a></p>',
        '<p><a href="/x">Read more: “I am leaving,” says Nina Rabe</a></p>',
        '<p>▶ Sur le même sujet → <a href="/x">« Je pars », dit Ninon Rabier</a>.</p>',
    ],
)
def test_lines_that_lead_to_other_articles_are_left_out(lead: str) -> None:
    assert text(f"<p>« Nous avons investi.</p>{lead}<p>« Et c’est tout », conclut-il.</p>") == (
        "« Nous avons investi.\n\n« Et c’est tout », conclut-il."
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x">« Je suis innocent », a répété Gilles Frémont.</a></p>',
        '<p>Lire aussi beaucoup, conseille-t-elle dans <a href="/x">son livre</a> de l’an dernier.</p>',
        '<p>Relire <a href="/x">la lettre</a> ne suffit pas, a dit la maire.</p>',
        '<p><a href="/x">Related arrests rose, the mayor said.</a></p>',
        "<p>Read more books, said the mayor.</p>",
    ],
)
def test_sentences_with_links_are_kept(html: str) -> None:
    assert "Frémont" in text(html) or "livre" in text(html) or "maire" in text(html) or "mayor" in text(html)


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Par Léa Morin avec AFP", "Léa Morin"),
        ("By Lea Moss, with AP", "Lea Moss"),
        ("Léa Morin (avec l’AFP)", "Léa Morin"),
        ("Léa Morin et Luc Bey", "Léa Morin et Luc Bey"),
        ("Byron Parr", "Byron Parr"),
        ("La rédaction avec AFP", "La rédaction"),
        ("AFP", "AFP"),
        ("Par", "Par"),
        (None, None),
        (" ", None),
    ],
)
def test_byline_tells_a_name(written: str | None, author: str | None) -> None:
    assert byline_told(written) == author


ABOVE = "".join(
    f"<p>La réunion no {n} s’est tenue jeudi soir devant une centaine de riverains inquiets.</p>" for n in range(4)
)


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("<h3>« On verra », tempère Ali Benhamou</h3>", True),
        ("<h2>“We shall see,” says Ali Benhamou</h2>", True),
        ("<h3>Nos autres articles</h3>", False),
        ('<h3><a href="/x">« On verra », tempère Ali Benhamou</a></h3>', False),
    ],
)
def test_a_heading_that_quotes_is_kept_at_the_end(heading: str, kept: bool) -> None:
    page = f"<html><body><main><article><h1>Le pont</h1>{ABOVE}{heading}</article></main></body></html>"
    (found,) = load_document(page.encode(), "a.html", None, origin="o", limit=100_000)
    assert isinstance(found, Article)
    assert ("Ali Benhamou" in found.text or "autres" in found.text) is kept
