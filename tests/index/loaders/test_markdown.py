"""Markdown: the words without the signs that dress them, and the fields before them."""

from __future__ import annotations

from datetime import date

import pytest

from index.loaders import Note, load_document
from index.models import Article


def article(text: str) -> Article:
    (found,) = load_document(text.encode(), "a.md", None, origin="/in/a.md", limit=100_000)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# Le bac\n\nIl est **en panne**.", "Le bac\n\nIl est en panne."),
        ("« Depuis [janvier](https://bac.example) », dit *Léa Morin*.", "« Depuis janvier », dit Léa Morin."),
        ("Il faudra \\*trois\\* semaines à snake_case_x.", "Il faudra *trois* semaines à snake_case_x."),
        ("Le bac\n======\n\nUn.\n\n* * *\n\nDeux.", "Le bac\n\nUn.\n\nDeux."),
        ("- Vous venez ?\n- Oui.\n- Non.", "- Vous venez ?\n- Oui.\n- Non."),
        ("1987. Une année.\n\n    Un retrait.", "1987. Une année.\n\nUn retrait."),
        ("**Léa :** Oui.\n**Luc :** Non.", "Léa : Oui.\nLuc : Non."),
        ("**Et le bac ?**\n\nIl est **là**.\n\n__Merci.__", "**Et le bac ?**\n\nIl est là.\n\n**Merci.**"),
        ("**Le bac.**\n\nIl est là.", "Le bac.\n\nIl est là."),
        ("Avant ![le bac](bac.png) après.", "Avant après."),
        ("5 < 6 & <b>gras</b> &eacute;", "5 < 6 & gras é"),
        (
            "> Nous le ferons.\n>\n> — Léa Morin, maire\n\nFin.",
            "«\u00a0Nous le ferons.\u00a0» — Léa Morin, maire\n\nFin.",
        ),
        ("> « Nous le ferons. »\n> — Léa Morin\n\nLa suite.", "« Nous le ferons. » — Léa Morin\n\nLa suite."),
        (">" * 40 + " Au fond.", "Au fond."),
        ("> Une loi.\n\nLa maire a parlé.", "Une loi.\n\nLa maire a parlé."),
        ("---\n\nLe bac\n\n---\n\nUn.", "Le bac\n\nUn."),
    ],
)
def test_words_are_kept_and_signs_are_not(written: str, text: str) -> None:
    found = article(written)
    assert (found.text, found.form) == (text, "Markdown")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_before_the_text_are_told(end: str) -> None:
    front = [
        "---",
        'title: "Le bac : la panne"',
        "date: 2024-02-11",
        "auteur: Camille Roux",
        "tags:",
        "  - eau",
        "# x",
        "---",
    ]
    found = article(end.join([*front, "", "# Le bac", "", "Il est en panne."]))
    assert (found.title, found.published, found.author) == ("Le bac : la panne", date(2024, 2, 11), "Camille Roux")
    assert found.text == "Le bac\n\nIl est en panne."


@pytest.mark.parametrize(
    ("field", "text", "day", "told"),
    [
        ("date", "The ferry is broken, and nobody knows for how long.", None, ["dates_left_out"]),
        (
            "date",
            "Le bac est en panne, et personne ne sait pour combien de temps.",
            date(2024, 3, 4),
            ["dates_day_first"],
        ),
        ("date de parution", "The ferry is broken, and nobody knows.", None, []),
        ("paru", "The ferry is broken.", None, []),
        ("date", "The ferry is broken, and nobody knows for how long.", date(2024, 3, 25), []),
    ],
)
def test_a_date_in_numbers_is_settled_or_told(field: str, text: str, day: date | None, told: list[str]) -> None:
    written = "25/03/2024" if day and day.day > 12 else "04/03/2024"
    data = f"---\n{field}: {written}\n---\n{text}\n".encode()
    found, *notes = load_document(data, "a.md", None, origin="/in/a.md", limit=100_000)
    assert isinstance(found, Article) and found.published == day
    assert [note.reason.kind for note in notes if isinstance(note, Note)] == told
