from __future__ import annotations

import re

import pytest

from index.loaders import Refusal, load_document
from index.loaders.pdf.hyphens import joined
from index.models import Article
from tests.documents import Print, block, pdf


def article(data: bytes) -> Article:
    (found,) = load_document(data, "a.pdf", None, origin="o", limit=100_000)
    assert isinstance(found, Article), found
    return found


def text(*pages: list[Print]) -> str:
    return article(pdf(pages)).text


LEFT = [
    "La maire a promis de rou-",
    "vrir la piscine. « Elle ou-",
    "vrira en mai », a-t-elle",
    "dit. Les habitants du quar-",
]
RIGHT = [
    "tier sont heureux. Un autre",
    "porte-parole l’a confirmé.",
    "Le conseil vote mardi soir,",
    "puis encore mercredi matin.",
]
READ = (
    "La maire a promis de rouvrir la piscine. « Elle ouvrira en mai », a-t-elle dit. Les habitants du quartier sont "
    "heureux. Un autre porte-parole l’a confirmé. Le conseil vote mardi soir, puis encore mercredi matin."
)


def test_columns_are_read_one_after_the_other() -> None:
    assert text(block(50, 100, LEFT) + block(300, 100, RIGHT)) == READ


def test_order_in_the_file_is_no_matter() -> None:
    assert text(block(300, 100, RIGHT) + block(50, 100, LEFT)) == READ


def test_title_over_columns_is_read_first_and_note_beneath_them_last() -> None:
    page = block(300, 160, RIGHT) + block(
        50, 400, ["Une note au bas de la page, qui va sur toute la largeur des deux colonnes."], 8
    )
    page += block(50, 160, LEFT) + block(50, 100, ["La piscine municipale rouvrira au printemps"], 20)
    assert text(page) == (
        f"La piscine municipale rouvrira au printemps\n\n{READ}\n\n"
        "Une note au bas de la page, qui va sur toute la largeur des deux colonnes."
    )


def test_paragraphs_of_columns_are_not_mixed_where_their_gaps_meet() -> None:
    page = [p for across, name in ((50, "un"), (300, "deux")) for down in (100, 140, 180)
            for p in block(across, down, [f"Colonne {name}, paragraphe à {down}."])]  # fmt: skip
    assert text(page).split("\n\n") == [
        f"Colonne {n}, paragraphe à {d}." for n in ("un", "deux") for d in (100, 140, 180)
    ]


def test_indents_and_short_last_lines_end_paragraphs() -> None:
    lines = ["Le premier paragraphe va jusqu’au bout de la ligne", "et finit court."]
    page = (
        block(50, 100, lines)
        + block(62, 124, ["Le deuxième commence en retrait et va jusqu’au"])
        + block(50, 136, ["bout, lui aussi."])
    )
    assert text(page) == (
        "Le premier paragraphe va jusqu’au bout de la ligne et finit court.\n\n"
        "Le deuxième commence en retrait et va jusqu’au bout, lui aussi."
    )


def test_pages_are_told_and_running_heads_left_out() -> None:
    words = [
        "Le premier jour, la maire a promis de rouvrir la pis-",
        "cine. Le deuxième jour, elle",
        "l’a rouverte. Fin.",
    ]
    pages = [
        block(50, 20, [f"Le Fanal – page {number}"], 8) + block(50, 100, [line]) + block(290, 800, [str(number)])
        for number, line in enumerate(words, start=1)
    ]
    found = article(pdf([*pages, []]))
    assert found.text == (
        "Le premier jour, la maire a promis de rouvrir la piscine. Le deuxième jour, elle l’a rouverte. Fin."
    )
    assert found.pages == (0, found.text.index("cine"), found.text.index("l’a rouverte"), len(found.text))
    assert found.form == "PDF"


def test_numbers_within_the_page_stay() -> None:
    assert text(block(50, 400, ["2025"]), block(50, 400, ["2025"])) == "2025 2025"


@pytest.mark.parametrize(
    ("properties", "title", "author"),
    [
        ({"Title": "La piscine été", "Author": "Ana Roux", "CreationDate": "D:20250304"}, "La piscine été", "Ana Roux"),
        ({"Title": "Microsoft Word - piscine.doc", "Author": "user"}, "Un texte.", None),
        ({}, "Un texte.", None),
    ],
)
def test_properties_that_a_person_wrote_are_taken(properties: dict[str, str], title: str, author: str | None) -> None:
    found = article(pdf([block(50, 100, ["Un texte."])], properties))
    assert (found.title, found.author, found.published) == (title, author, None)


@pytest.mark.parametrize(
    ("before", "line", "elsewhere", "text"),
    [
        ("la pis-", "cine", "", "la piscine"),
        ("le gou\u00ad", "vernement", "", "le gouvernement"),
        ("son porte-", "parole", "", "son porte-parole"),
        ("Jean-", "Pierre", "", "Jean-Pierre"),
        ("dit-", "il", "", "dit-il"),
        ("a-t-", "elle", "", "a-t-elle"),
        ("c’est-à-", "dire", "", "c’est-à-dire"),
        ("peut-", "être", "", "peut-être"),
        ("un ex-", "ministre", "", "un ex-ministre"),
        ("un ex-", "directeur", "directeur", "un ex-directeur"),
        ("un ex-", "emple", "", "un exemple"),
        ("l’après-", "midi", "", "l’après-midi"),
        ("un état-", "major", "", "un état-major"),
        ("une sous-", "traction", "", "une soustraction"),
        ("the govern-", "ment", "", "the government"),
        ("a well-", "known", "", "a well-known"),
        ("the state-of-", "the-art", "", "the state-of-the-art"),
        ("twenty-", "five", "", "twenty-five"),
        ("a long-", "term plan", "term", "a long-term plan"),
        ("it is long-", "er", "", "it is longer"),
        ("the co-", "operation", "co-operation", "the co-operation"),
        ("the co-", "operation", "cooperation", "the cooperation"),
        ("1939-", "1945", "", "1939-1945"),
        ("oui -", "non", "", "oui - non"),
        ("a", "b", "", "a b"),
        ("", "b", "", "b"),
    ],
)
def test_words_that_a_line_parts(before: str, line: str, elsewhere: str, text: str) -> None:
    assert joined(before, line, elsewhere.split().__contains__) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]], picture=True), "no text layer"),
        (pdf([[]]), "no words"),
        (b"%PDF-1.4\n" + b"x" * 1_000, "damaged"),
        (pdf([block(50, 100, ["Un texte."])])[:300], "damaged"),
        (pdf([[]] * 1_001), "more than 1,000 pages"),
    ],
    ids=["pictures", "empty", "none", "cut", "long"],
)
def test_refused_documents(data: bytes, reason: str) -> None:
    (found,) = load_document(data, "a.pdf", None, origin="o", limit=100_000)
    assert isinstance(found, Refusal), found
    assert reason in str(found.reason)


def test_footnotes_stand_between_paragraphs_and_their_numbers_in_no_word() -> None:
    above = ["Le conseil s’est tenu jeudi soir dans la grande salle.", "La directrice résume : « Nous avons gardé"]
    raised = [Print(238.6, 112.3, "1", 6)]
    notes = block(50, 700, ["1. Chiffres au 31 décembre, hors abon-", "nements gratuits.", "* Selon la mairie."], 7)
    found = article(pdf([[*block(50, 100, above), *raised, *notes], block(50, 100, ["la moitié de l’équipe. »"])]))
    assert found.text == (
        "1. Chiffres au 31 décembre, hors abonnements gratuits.\n\n* Selon la mairie.\n\n"
        "Le conseil s’est tenu jeudi soir dans la grande salle. La directrice résume : « Nous avons gardé "
        "la moitié de l’équipe. »"
    )
    assert found.text[found.pages[1] :] == "la moitié de l’équipe. »"


def test_a_footnote_stands_behind_the_last_paragraph_of_its_page() -> None:
    pages = [
        [*block(50, 100, ["Le conseil a voté", "jeudi."]), *block(50, 700, ["1. Par neuf voix."], 7)],
        block(50, 100, ["La maire est ravie."]),
    ]
    assert text(*pages) == "Le conseil a voté jeudi.\n\n1. Par neuf voix.\n\nLa maire est ravie."


@pytest.mark.parametrize("note", ["2. Mesuré en mars.", "Mesuré en mars."])
def test_raised_numbers_without_a_footnote_are_kept(note: str) -> None:
    page = [
        Print(50, 100, "La salle a 300 m"),
        Print(123.6, 100.3, "3", 6),
        Print(127, 100, ", dit la maire de la ville."),
    ]
    assert text([*page, *block(50, 700, [note], 7)]).split("\n\n")[0] == "La salle a 300 m3, dit la maire de la ville."


def test_small_heads_that_come_again_are_left_out_wherever_they_stand() -> None:
    pages = [
        [*block(50, 180, [f"Rapport annuel, page {number}"], 7), *block(50, 220, [words])]
        for number, words in enumerate(["La directrice résume : « Nous avons", "gardé l’équipe. »"], start=1)
    ]
    assert text(*pages) == "La directrice résume : « Nous avons gardé l’équipe. »"


def test_a_space_that_the_next_letter_covers_parts_no_word_and_one_that_is_seen_does() -> None:
    puis = 18.34  # how wide the word is in this type
    covered = [Print(50, 100, "puis "), Print(50 + puis, 100, "sent")]
    assert text(covered) == "puissent"
    assert text([Print(50, 100, "puis "), Print(50 + puis + 2.78, 100, "sent")]) == "puis sent"


@pytest.mark.parametrize(
    "objects", [{5: b"5 0 R"}, {5: b"4 0 R", 4: b"5 0 R"}, {5: b"99 0 R"}], ids=["itself", "another", "nothing"]
)
def test_a_page_whose_content_refers_to_no_end_is_empty_and_the_others_are_read(objects: dict[int, bytes]) -> None:
    data = pdf([[Print(50, 700, "Une page.")], [Print(50, 700, "Une autre page.")]])
    for number, reference in objects.items():
        held = re.compile(rb"(?s)(?<=\n%d 0 obj\n).*?(?=\nendobj)" % number)
        data = held.sub(lambda found: reference.ljust(len(found[0])), data)  # noqa: B023  # called at once
    assert article(data).text == "Une autre page."
