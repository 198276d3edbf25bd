"""Who said what: one row a rule. A journalist may add rows; the sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, Quotation, content_id
from index.quotations.extractor import extract_quotations


def article(text: str, lang: str) -> Article:
    return Article(content_id(text), "test", text.split("\n")[0], lang, text=text)


def said(text: str, lang: str) -> list[tuple[str | None, str]]:
    return [(q.speaker, text[q.start : q.end]) for q in extract_quotations(article(text, lang))]


FRENCH = [
    # the cue right of the marks
    ("« Le pont tiendra », a déclaré Jeanne Morel.", [("Jeanne Morel", "Le pont tiendra")]),
    ("« Le pont tiendra », affirme-t-elle.", [(None, "Le pont tiendra")]),
    ("“Le pont tiendra”, Jeanne Morel a déclaré aux journalistes.", [("Jeanne Morel", "Le pont tiendra")]),
    (
        "« Le pont tiendra », a indiqué à midi la mairie de Sarvelle.",
        [("mairie de Sarvelle", "Le pont tiendra")],
    ),
    (
        "« Le pont tiendra », a reconnu dans un communiqué Jeanne Morel.",
        [("Jeanne Morel", "Le pont tiendra")],
    ),
    ("« Le pont tiendra », s’amuse sa voisine, Jeanne Morel.", [("Jeanne Morel", "Le pont tiendra")]),
    # the cue left of the marks
    ("Jeanne Morel a déclaré : « Le pont tiendra. »", [("Jeanne Morel", "Le pont tiendra.")]),
    ("Jeanne Morel, très émue, dénonce un choix « indigne ».", [("Jeanne Morel", "indigne")]),
    ("Jeanne Morel se dit « fatiguée d’attendre ».", [("Jeanne Morel", "fatiguée d’attendre")]),
    ("Jeanne Morel : « Le pont tiendra. »", [("Jeanne Morel", "Le pont tiendra.")]),
    # a cue between the marks, or within them
    (
        "« Le pont tiendra, a dit Jeanne Morel. Les piles sont saines. »",
        [("Jeanne Morel", "Le pont tiendra"), ("Jeanne Morel", "Les piles sont saines.")],
    ),
    (
        "« Le pont tiendra, a-t-elle dit, et la digue aussi. »",
        [(None, "Le pont tiendra"), (None, "et la digue aussi.")],
    ),
    ("« Le pont tiendra encore, dit Jeanne Morel, ingénieure.", [("Jeanne Morel", "Le pont tiendra encore")]),
    # reported clauses
    ("Jeanne Morel affirme que le pont tiendra.", [("Jeanne Morel", "le pont tiendra")]),
    ("Jeanne Morel a promis de réparer le pont.", [("Jeanne Morel", "réparer le pont")]),
    ("Jeanne Morel dément avoir fermé le pont.", [("Jeanne Morel", "avoir fermé le pont")]),
    ("Selon Jeanne Morel, le pont tiendra.", [("Jeanne Morel", "le pont tiendra")]),
    (
        "Le pont tiendra encore dix ans, selon Jeanne Morel.",
        [("Jeanne Morel", "Le pont tiendra encore dix ans")],
    ),
    ("De l’avis de Jeanne Morel, le pont tiendra.", [("Jeanne Morel", "le pont tiendra")]),
    (
        "Le pont tiendra encore dix ans, estime Jeanne Morel.",
        [("Jeanne Morel", "Le pont tiendra encore dix ans")],
    ),
    (
        "Jeanne Morel a dit que le pont tiendrait et a demandé que la route ferme.",
        [("Jeanne Morel", "le pont tiendrait"), ("Jeanne Morel", "la route ferme")],
    ),
    # the outlet that reports is the source of what it reports
    (
        "Le quotidien La Vigie, citant deux élus, rapporte que Jeanne Morel fermerait le pont.",
        [("La Vigie", "Jeanne Morel fermerait le pont")],
    ),
    # nothing is said
    ("Jeanne Morel n’a pas dit que le pont tiendrait.", []),
    ("Jeanne Morel a parlé pendant une heure.", []),
    ("Son dernier film, « Le Pont noir », sort mardi.", []),
    ("Le pont, surnommé « le vieux lion », rouvre mardi.", []),
    ("Le fameux « plan ponts » n’est plus d’actualité.", []),
    ("La soi-disant « panique » n’a pas eu lieu.", []),
]

ENGLISH = [
    ("“The bridge will hold,” said Joan Mallory.", [("Joan Mallory", "The bridge will hold,")]),
    ("“The bridge will hold,” Joan Mallory said on Monday.", [("Joan Mallory", "The bridge will hold,")]),
    ("Joan Mallory told reporters: “The bridge will hold.”", [("Joan Mallory", "The bridge will hold.")]),
    (
        "“The bridge will hold,” Joan Mallory told reporters, “and so will the dam.”",
        [("Joan Mallory", "The bridge will hold,"), ("Joan Mallory", "and so will the dam.")],
    ),
    (
        "“The bridge will hold,” said Joan Mallory. “The dam too.”",
        [("Joan Mallory", "The bridge will hold,"), ("Joan Mallory", "The dam too.")],
    ),
    ("Joan Mallory said the bridge would hold.", [("Joan Mallory", "the bridge would hold")]),
    ("Joan Mallory said that the bridge would hold.", [("Joan Mallory", "the bridge would hold")]),
    (
        "The bridge will hold until May, Joan Mallory said.",
        [("Joan Mallory", "The bridge will hold until May")],
    ),
    ("According to Joan Mallory, the bridge will hold.", [("Joan Mallory", "the bridge will hold")]),
    ("Joan Mallory vowed to mend the bridge.", [("Joan Mallory", "to mend the bridge")]),
    ("Joan Mallory denied having closed the bridge.", [("Joan Mallory", "having closed the bridge")]),
    (
        "The Westport Courier, citing two officials, reported that Joan Mallory would close the bridge.",
        [("Westport Courier", "Joan Mallory would close the bridge")],
    ),
    ("Joan Mallory did not say that the bridge would hold.", []),
    ("Joan Mallory declined to comment.", []),
    ("Her new novel, “The Black Bridge”, is out on Monday.", []),
    ("The bridge, nicknamed “the old lion”, opens on Monday.", []),
]

RESOLVED = [
    # lang, text, speaker of the last quotation
    ("fr", "La maire Jeanne Morel est venue. « Le pont tiendra », a-t-elle dit.", "Jeanne Morel"),
    ("fr", "Jeanne Morel a parlé. « Le pont tiendra », a dit Mme Morel.", "Jeanne Morel"),
    (
        "fr",
        "Luc Morel et sa sœur Jeanne Morel sont venus.\n\n« Le pont tiendra », a dit Mme Morel.",
        "Jeanne Morel",
    ),
    ("fr", "Le maire, Paul Vidal, a répondu à Jeanne Morel. « Le pont tiendra », a dit l’élu.", "Paul Vidal"),
    (
        "fr",
        "La ministre Jeanne Morel a reçu le maire Paul Vidal. « Le pont tiendra », a dit la ministre.",
        "Jeanne Morel",
    ),
    ("fr", "Un témoin a tout vu. « Le pont a bougé », raconte-t-il.", "Un témoin"),
    ("fr", "Jeanne Morel ne décolère pas. « Le pont a bougé », répète l’ingénieure.", "Jeanne Morel"),
    ("fr", "« Le pont a bougé cette nuit. » Jeanne Morel n’a pas dormi.", "Jeanne Morel"),
    ("en", "Mayor Joan Mallory came. “The bridge will hold,” she said.", "Joan Mallory"),
    ("en", "Joan Mallory came. “The bridge will hold,” Mallory said.", "Joan Mallory"),
    ("en", "Joan Mallory met Paul Weaver. “The bridge will hold,” he said.", "Paul Weaver"),
    ("en", "The engineer, Joan Mallory, came. “The bridge will hold,” the engineer said.", "Joan Mallory"),
    ("en", "Joan Mallory came. “The bridge will hold,” said her spokesman.", "Joan Mallory's spokesman"),
    ("en", "A witness saw it. “The bridge moved,” said one fisherman.", "one fisherman"),
]


@pytest.mark.parametrize(("text", "rows"), FRENCH)
def test_french(text: str, rows: list[tuple[str | None, str]]) -> None:
    assert said(text, "fr") == rows


@pytest.mark.parametrize(("text", "rows"), ENGLISH)
def test_english(text: str, rows: list[tuple[str | None, str]]) -> None:
    assert said(text, "en") == rows


@pytest.mark.parametrize(("lang", "text", "speaker"), RESOLVED)
def test_speaker_is_resolved_over_the_article(lang: str, text: str, speaker: str) -> None:
    assert said(text, lang)[-1][0] == speaker


def test_turns_of_a_dialogue_alternate() -> None:
    text = (
        "Jeanne Morel a croisé Paul Vidal sur le quai.\n\n« Tu as vu le pont ? »\n\n"
        "« Je l’ai vu bouger. »\n\n« Alors ferme la route. »"
    )
    assert [s for s, _ in said(text, "fr")] == ["Jeanne Morel", "Paul Vidal", "Jeanne Morel"]


def test_answers_of_an_interview_are_the_interviewed_person_s() -> None:
    text = (
        "Jeanne Morel : « Le pont tiendra »\n\nQuand l’avez-vous su ?\n\n« Mardi matin, en plongée. »\n\n"
        "Et maintenant ?\n\n« Nous attendons. »"
    )
    assert [s for s, _ in said(text, "fr")] == ["Jeanne Morel"] * 3


def test_a_quotation_tells_its_cue_and_its_mention() -> None:
    (found,) = extract_quotations(article("« Le pont tiendra », a déclaré Jeanne Morel.", "fr"))
    assert (found.kind, found.cue, found.speaker_as_written) == ("direct", "a déclaré", "Jeanne Morel")


def test_the_outlet_that_passes_words_on_is_kept() -> None:
    text = "According to the Westport Courier, Joan Mallory said the bridge would hold."
    (found,) = extract_quotations(article(text, "en"))
    assert (found.speaker, found.via) == ("Joan Mallory", "the Westport Courier")


def test_a_language_without_parser_keeps_its_marks() -> None:
    found: list[Quotation] = extract_quotations(article("„Die Brücke wird halten“, sagte sie.", "de"))
    assert [q.speaker for q in found] in ([], [None])
