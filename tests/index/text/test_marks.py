"""Which stretches of a text stand in quotation marks, and where they end."""

from __future__ import annotations

import pytest

from index.text.marks import closed, find_marked, paragraph_spans

TABLE = [
    # lang, text, the stretches
    ("fr", "Elle a dit : « Le pont tiendra. »", ["Le pont tiendra."]),
    ("fr", "Elle a dit : «\u00a0Le pont tiendra\u202f», puis rien.", ["Le pont tiendra"]),
    ("fr", 'Elle a dit : "Le pont tiendra".', ["Le pont tiendra"]),
    ("fr", "Elle a dit : “Le pont tiendra”.", ["Le pont tiendra"]),
    ("fr", "Elle a dit : „Le pont tiendra“.", ["Le pont tiendra"]),
    ("fr", "Un mot « puis “un autre” dedans » ici.", ["puis “un autre” dedans"]),
    ("fr", "Un mot « puis « un autre » dedans » ici.", ["puis « un autre » dedans"]),
    ("fr", 'Une « marque mêlée” et la suite "ici".', ["marque mêlée", "ici"]),
    ("fr", "Il a dit « le pont tiendra\n\nLa suite n’est de personne.", ["le pont tiendra"]),
    ("fr", "L’été, l’eau d’ici n’est qu’à nous.", []),
    ("fr", "Rien « » ni «»  ici.", []),
    ("en", "“We don’t know,” she said.", ["We don’t know,"]),
    ("en", "‘We don’t know,’ she said.", ["We don’t know,"]),
    ("en", "'We don't know,' she said.", ["We don't know,"]),
    ("en", "The workers' hall and the '90s were ours.", []),
    ("en", "He said \"it's the 'end' of it\" twice.", ["it's the 'end' of it"]),
    ("en", 'One "first" and "second" here.', ["first", "second"]),
    ("en", 'One ",second part" here.', [",second part"]),
    ("en", 'A plank 4" long and 5" wide, and "it will hold," he said. It is 3" thick.', ["it will hold,"]),
    ("de", "»Das reicht«, sagte sie. „Wir warten“, sagte er.", ["Das reicht", "Wir warten"]),
    ("en", "“No end to this\n\nA new paragraph.", ["No end to this"]),
    ("en", "“One paragraph.\n\n“And a second one,” he said.", ["One paragraph.", "And a second one,"]),
    ("en", "“One paragraph.\n\nWith its close here,” he said.", ["One paragraph.\n\nWith its close here,"]),
]


@pytest.mark.parametrize(("lang", "text", "stretches"), TABLE)
def test_marked_stretches(lang: str, text: str, stretches: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_marked(text, lang)] == stretches


def test_a_paragraph_that_reopens_its_marks_continues() -> None:
    text = "« Premier temps.\n\n« Second temps. »\n\n« Autre chose. »"
    assert [m.continues for m in find_marked(text, "fr")] == [False, True, False]


def test_an_unclosed_stretch_says_so() -> None:
    assert [m.closed for m in find_marked("« Jamais fermé", "fr")] == [False]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Titre\nPremière ligne.", ["Titre", "Première ligne."]),
        ("Une ligne coupée\nau milieu.", ["Une ligne coupée\nau milieu."]),
        ("Un.\n\n\n\nDeux.", ["Un.", "Deux."]),
        ("  \n ", []),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [text[a:b] for a, b in paragraph_spans(text)] == paragraphs


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Elle a dit : « Le pont tiendra. » Puis rien.", ["Le pont tiendra."]),
        ("Elle a dit : « Le pont tiendra. Puis rien.", []),
        ("« Le pont tiendra.\n\n« Le quai aussi », dit-elle.", ["Le pont tiendra.", "Le quai aussi"]),
        ("« Le pont tiendra.\n\n« Le quai aussi.\n\nPuis rien.", []),
        ("« Le pont tiendra.\n\nElle dit : « Le quai aussi. »", ["Le quai aussi."]),
    ],
)
def test_what_no_mark_closes_is_not_known_to_be_marked(text: str, kept: list[str]) -> None:
    assert [text[each.start : each.end] for each in closed(find_marked(text, "fr"))] == kept
