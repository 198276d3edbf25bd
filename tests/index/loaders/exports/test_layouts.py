"""Each layout in each form: every article with its title, outlet, day, author and text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.loaders import Note, Refusal, load_document
from index.loaders.exports.layout import layout_of
from index.loaders.exports.paragraph import paragraphs_of
from index.loaders.exports.record import is_byline
from index.loaders.exports.splitting import records
from index.models import Article
from index.text.location import page_at
from tests.exports import (
    FORMS,
    LAYOUTS,
    Piece,
    as_print,
    as_text,
    europresse_lines,
    lexisnexis_lines,
    nexis_lines,
)

DATA = Path(__file__).parents[3] / "data" / "seeds"
PIECES = (
    Piece(
        "Quarry plan splits Hallowdale",
        "The Hallowdale Post",
        date(2024, 3, 18),
        "Ruth Abernathy",
        (
            "Plans to reopen a slate quarry above the village have split the valley, and the council will hear both "
            "sides.",
            "“It is our hillside and nobody asked us,” said Gwen Prothero, a farmer. “We read of it in your paper, and "
            "in no letter of theirs.”",
            "The company declined to comment.",
        ),
    ),
    Piece(
        "Company answers Hallowdale critics",
        "Western Chronicle",
        date(2024, 3, 20),
        "Tom Ferris",
        (
            "The company behind the slate quarry has answered its critics in the valley, two days after they met.",
            "“Every letter was delivered by hand,” said Marcus Teale, its spokesman.",
        ),
    ),
    Piece(
        "La carrière divise le val de Loue",
        "La Plume de l’Est",
        date(2024, 4, 3),
        "Maud Tassigny",
        (
            "Au lendemain de la réunion publique, l’association des riverains hausse le ton et demande une enquête.",
            "« Personne ne nous a écrit », accuse Karim Beloufa, qui la préside.",
        ),
    ),
)


def read(data: bytes, name: str) -> list[Article | Refusal | Note]:
    return list(load_document(data, name, None, origin=f"/in/{name}", limit=100_000))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_article_of_an_export(layout: str, form: str) -> None:
    if (layout, form) == ("labelled", ".html"):
        pytest.skip("a labelled page is an article with lists")
    found = read(FORMS[form](LAYOUTS[layout](PIECES)), f"export{form}")
    articles = [item for item in found if isinstance(item, Article)]
    assert found == articles
    assert [(a.title, a.source, a.published, a.author) for a in articles] == [
        (p.title, p.source, p.day, p.author) for p in PIECES
    ]
    assert [a.text for a in articles] == [p.text for p in PIECES]
    assert len({a.origin for a in articles}) == len({a.key for a in articles}) == len(PIECES)


WHOLE = st.from_regex(r"[A-Z][a-zéè]{2,9}( [a-zéàû’'«»“”-]{1,9}){3,12}[.!?…]", fullmatch=True)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from([".txt", ".docx", ".rtf"]),
    st.lists(st.lists(WHOLE, min_size=1, max_size=4), min_size=2, max_size=4),
)
def test_a_text_that_goes_into_an_export_is_found_again_whole(layout: str, form: str, texts: list[list[str]]) -> None:
    pieces = [replace(PIECES[0], title=f"Title number {n} of all", paragraphs=tuple(t)) for n, t in enumerate(texts)]
    found = read(FORMS[form](LAYOUTS[layout](pieces)), f"export{form}")
    assert [item.text for item in found if isinstance(item, Article)] == [piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "europresse.html",
            [
                ("La passerelle de Vaubrune fermée pour deux ans", "Le Courrier de Vaubrune", date(2024, 3, 4)),
                ("À Vaubrune, les commerçants réclament des aides", "La Plume de l’Est", date(2024, 3, 5)),
                (
                    "Passerelle de Vaubrune : l’opposition demande une enquête",
                    "Nouvelles de la Haute-Loue",
                    date(2024, 3, 6),
                ),
            ],
        ),
        (
            "factiva.html",
            [
                ("Ferry operator scraps winter timetable", "The Skerrow Argus", date(2024, 3, 11)),
                ("Islanders to sue over ferry cuts", "Northern Ledger", date(2024, 3, 12)),
            ],
        ),
        (
            "nexis.docx",
            [
                ("Quarry plan splits Hallowdale", "The Hallowdale Post", date(2024, 3, 18)),
                ("Company answers Hallowdale critics", "Western Chronicle", date(2024, 3, 20)),
                ("Letters: the quarry", "The Hallowdale Post", date(2024, 3, 22)),
            ],
        ),
    ],
)
def test_exports_as_they_come(name: str, told: list[tuple[str, str, date]]) -> None:
    found = read(next(DATA.rglob(name)).read_bytes(), name)
    assert [(a.title, a.source, a.published) for a in found if isinstance(a, Article)] == told
    assert len(found) == len(told)


def test_pages_of_an_article_are_those_of_the_file() -> None:
    lines = [line for line in europresse_lines(PIECES)]
    found = read(as_print(lines[:7] + ["\f"] + lines[7:]), "export.pdf")
    _, second, _ = [item for item in found if isinstance(item, Article)]
    assert (second.pages, page_at(second, 0)) == ((0, 0), 2)


FEWER = [
    ("a line without the number that ends it", europresse_lines, "news·20240320·LC·041", 3, 2),
    ("an article without its beginning", lexisnexis_lines, "2 of 3 DOCUMENTS", 3, 2),
    ("an article without its end", nexis_lines, "End of Document", 3, 2),
]


@pytest.mark.parametrize(("why", "layout", "lost", "expected", "found"), FEWER, ids=[row[0] for row in FEWER])
def test_fewer_articles_than_the_file_tells_are_told(
    why: str, layout: Callable[[Sequence[Piece]], list[str]], lost: str, expected: int, found: int
) -> None:
    lines = layout(PIECES)
    del lines[next(at for at, line in enumerate(lines) if lost in line)]
    *articles, note = read(as_text(lines), "export.txt")
    assert isinstance(note, Note), why
    assert (note.reason.kind, dict(note.reason.values)) == ("fewer_articles", {"expected": expected, "found": found})
    assert len(articles) == found
    assert str(expected) in note.reason.told("fr") and "\n" not in note.reason.told("en")


UNKNOWN = [
    (
        "numbered",
        ["Document 1 of 3", "Un.", "Le maire parle.", "Document 2 of 3", "Deux.", "Document 3 of 3", "Trois."],
        3,
    ),
    ("told", ["Revue de presse", "12 articles sélectionnés", "Le maire parle.", "Le préfet se tait."], 12),
    (
        "table of contents",
        ["1. Le bac", "2. Le pont", "3. Le quai", "Le bac", "Il est là.", "Le pont", "Oui.", "Le quai"],
        3,
    ),
    ("copyrights", ["Un.", "© 2024 Le Fanal", "Deux.", "© 2024 La Plume", "Trois.", "© 2024 Le Phare"], 3),
    ("one article", ["Le bac", "Il est là.", "© 2024 Le Fanal"], 0),
    ("a numbered list", ["Trois idées", "1. Un pont", "2. Un bac", "3. Un quai", "C’est tout."], 0),
    ("sources of pictures", ["Un.", "Source : Insee", "Deux.", "Source : Insee", "Trois.", "Source : Ademe"], 0),
    ("sizes", ["Le bac", "Longueur : 12 m", "Le pont", "Longueur : 80 m", "Le quai", "Longueur : 30 m"], 0),
    ("word counts", ["Un.", "Longueur : 120 mots", "Deux.", "Longueur : 80 mots", "Longueur : 300 mots"], 3),
    ("a score", ["Le match", "Ils ont gagné 3 sur 4.", "Page 1 de 2"], 0),
]


@pytest.mark.parametrize(("why", "lines", "expected"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_a_file_of_no_known_layout_that_looks_like_an_export_says_so(why: str, lines: list[str], expected: int) -> None:
    notes = [item for item in read(as_text(lines), "revue.txt") if isinstance(item, Note)]
    assert [note.reason.values["expected"] for note in notes] == ([expected] if expected else []), why


ROWS: list[tuple[dict[str, object], str]] = [
    ({"name": "x", "fields": {"titel": ["T"]}}, "titel is none of author, body"),
    ({"name": "x", "begins": "a"}, "begins is none of begin"),
    ({"name": "x", "begin": "("}, "unterminated subpattern"),
    ({"name": "x", "orders": ["title source"]}, "has not one date"),
    ({"name": "x", "orders": ["title headline date"]}, "headline is none of title"),
    ({}, "'name'"),
]


@pytest.mark.parametrize(("row", "told"), ROWS)
def test_a_layout_that_cannot_be_read_says_why(row: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        layout_of(row, "mine.toml")


EDITIONS = """



                               1 of 2 DOCUMENTS



                              The Hallowdale Post

                             March 18, 2024 Monday
                                  Edition 2;
                                    Wales

Quarry plan splits the valley of Hallowdale, and the council hears it;
Farmers and company meet

BYLINE: Ruth Abernathy

SECTION: NEWS; Pg. 4

LENGTH: 42 words

Plans to reopen a slate quarry above the village have split the valley, and
the council will hear both sides.

"It is our hillside and nobody asked us," said Gwen Prothero, a farmer who has
kept sheep above the quarry for forty years.

LOAD-DATE: March 19, 2024

LANGUAGE: ENGLISH


                    Copyright 2024 The Hallowdale Post
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                               Western Chronicle

                            March 20, 2024 Wednesday

Company answers critics

LENGTH: 12 words

The company behind the slate quarry has answered its critics in the valley.

LOAD-DATE: March 20, 2024
"""


def test_editions_headlines_of_two_lines_and_wrapped_paragraphs() -> None:
    first, second = read(EDITIONS.encode(), "nexis.txt")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.source, first.published) == (
        "Quarry plan splits the valley of Hallowdale, and the council hears it; Farmers and company meet",
        "The Hallowdale Post",
        date(2024, 3, 18),
    )
    assert first.text == (
        "Plans to reopen a slate quarry above the village have split the valley, and the council will hear both sides."
        '\n\n"It is our hillside and nobody asked us," said Gwen Prothero, a farmer who has kept sheep above the '
        "quarry for forty years."
    )
    assert (second.title, second.source) == ("Company answers critics", "Western Chronicle")


def test_a_cover_and_a_table_of_contents_are_no_articles() -> None:
    cover = ["Lundi 25 mars 2024 à 10 h 12", "Documents sauvegardés par", "BIBLIOTHEQUE DE VAUBRUNE", "\f"]
    contents = ["Sommaire", "Documents sauvegardés • 3 documents", *(p.title for p in PIECES), "\f"]
    found = read(as_print(cover + contents + europresse_lines(PIECES)), "export.pdf")
    assert [item.title for item in found if isinstance(item, Article)] == [piece.title for piece in PIECES]


def test_what_classes_tell_need_not_stand_in_blocks_of_its_own() -> None:
    articles = "".join(
        f'<article><header><span class="DocPublicationName">{piece.source}</span><span class="DocHeader">'
        f'{piece.french_day}</span><span class="titreArticleVisu">{piece.title}</span></header><section>'
        f'<div class="docOcurrContainer">{"".join(f"<p>{words}</p>" for words in piece.paragraphs)}</div></section>'
        f'<footer><span class="publiC-lblNodoc">news·{piece.day:%Y%m%d}·LC·001</span></footer></article>'
        for piece in PIECES
    )
    found = read(f"<html><meta charset=utf-8><body>{articles}".encode(), "export.html")
    assert [(a.title, a.source, a.published, a.text) for a in found if isinstance(a, Article)] == [
        (p.title, p.source, p.day, p.text) for p in PIECES
    ]


def test_short_paragraphs_are_no_lines_of_a_wrapped_text() -> None:
    lines = [
        "1) Le bac repart (La Voix du Fleuve, 15 mars 2024)",
        "Par Ève Martin",
        "« Il tiendra », assure Marc Évrard.",
    ]
    lines += [
        "2) Le quai attend encore (Ouest Plaine, 14 mars 2024, p. 8)",
        "« Personne ne vient », lance Omar Benali.",
    ]
    found = [item for item in read("\n".join(lines).encode(), "revue.txt") if isinstance(item, Article)]
    assert [(a.title, a.source, a.author, a.text) for a in found] == [
        ("Le bac repart", "La Voix du Fleuve", "Ève Martin", lines[2]),
        ("Le quai attend encore", "Ouest Plaine", None, lines[4]),
    ]


def test_authors_may_be_missing() -> None:
    pieces = [replace(piece, author="") for piece in PIECES]
    lines = [line for line in europresse_lines(pieces) if line]
    found = read(as_text(lines), "export.txt")
    assert [(a.author, a.text) for a in found if isinstance(a, Article)] == [(None, p.text) for p in PIECES]


def test_the_same_articles_in_another_export_are_the_same() -> None:
    first = read(as_text(nexis_lines(PIECES)), "export.txt")
    second = read(as_text(nexis_lines(PIECES[1:])), "export.txt")
    origins = [[item.origin for item in found if isinstance(item, Article)] for found in (first, second)]
    assert origins[0][1:] == origins[1]


def test_the_layout_of_the_documents_is_one() -> None:
    written = (DATA.parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", written, re.S)
    assert example
    layout = layout_of(tomllib.loads(example[1]))
    lines = [
        "— Article 1 / 2 —",
        "Le Fanal, n° 12",
        "lundi 4 mars 2024",
        "Le bac repart",
        "Mots : 12",
        "Signature : Ana Roux",
    ]
    (record,) = records(list(paragraphs_of([*lines, "Texte :", "Il repart.", "— fin —"])), layout)
    assert dict(record.told) == {
        "title": "Le bac repart", "source": "Le Fanal", "date": "lundi 4 mars 2024", "author": "Ana Roux",
    }  # fmt: skip
    assert [paragraph.text for paragraph in record.body] == ["Il repart."]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Maud Tassigny", True),
        ("Ana de Lys et Léo Roux", True),
        ("Jean-Marc d’Ormesson", True),
        ("Morag Tennent; Hugh Lorimer", True),
        ("Ferry operator scraps winter timetable", False),
        ("La passerelle fermée", False),
        ("MEDIAS", False),
        ("« Rien n’est joué »", False),
        ("Il part.", False),
    ],
)
def test_a_line_that_looks_like_names(line: str, is_one: bool) -> None:
    assert is_byline(line) == is_one


NUMBERED = [
    ("settled by another", ["03/04/2024", "25/04/2024"], "The quarry is shut for good.", [(4, 3), (4, 25)], []),
    ("settled by nothing", ["03/04/2024", "05/04/2024"], "The quarry is shut for good.", None, ["dates_left_out"]),
    ("French", ["03/04/2024", "05/04/2024"], "La carrière est fermée.", [(4, 3), (4, 5)], ["dates_day_first"]),
    ("in a line", ["No. 9, 03/04/2024", "25/04/2024"], "The quarry is shut for good.", [(4, 3), (4, 25)], []),
]


@pytest.mark.parametrize(("why", "written", "text", "told", "noted"), NUMBERED, ids=[row[0] for row in NUMBERED])
def test_dates_in_numbers_are_settled_or_told(
    why: str, written: list[str], text: str, told: list[tuple[int, int]] | None, noted: list[str]
) -> None:
    lines = [f"Title: Quarry {n}\nSource: The Post\nDate: {day}\nText: {text} {n}.\n" for n, day in enumerate(written)]
    found = read("\n".join(lines).encode(), "review.txt")
    days = [item.published for item in found if isinstance(item, Article)]
    assert days == ([date(2024, month, day) for month, day in told] if told else [None, None])
    assert [item.reason.kind for item in found if isinstance(item, Note)] == noted
