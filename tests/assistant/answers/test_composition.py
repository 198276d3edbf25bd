"""What an answer says before the words, for how certain it is who spoke."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers.composition import compose
from assistant.answers.findings import Findings, Verdict
from assistant.question import ANYWHERE, AskedPerson, Question, Scope
from assistant.rendering.markdown import markdown
from assistant.search.article_cache import CachedArticle
from assistant.search.relevance import Find
from assistant.texts.catalogue import texts_of
from index.languages.times import Period
from index.models import Article, Tally
from tests.invented import quotation

LIKELY, SURE = 0.7, 0.99
MARCH = Scope((Period(date(2017, 3, 1), date(2017, 3, 31)),), told=("in March 2017",))
TUESDAY = Scope((Period(after=date(2017, 3, 14)),), told=("since Tuesday",))


def find(speaker: str | None = "Ana Ruiz", confidence: float | None = None, **changes: object) -> Find:
    said = quotation("Oui", speaker=speaker, confidence=confidence, **changes)
    cached = CachedArticle(Article("0f" * 8, "a", "Le port", "fr", text="x" * 40 + "Oui"))
    return Find(cached, said.start, said.end, said, 0.5, 0.5, 0)


def lead(verdict: Verdict, *finds: Find, lang: str = "fr") -> str:
    person = AskedPerson("Bo Lind", "Bo Lind", "quoted")
    question = Question("?", lang, "check")  # type: ignore[arg-type]
    answer = compose("?", question, Findings(verdict, finds, person), (), texts_of(lang))
    return markdown(answer).split("\n\n")[0].replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize(
    ("lang", "verdict", "flat", "hedged"),
    [
        ("fr", "yes", "Oui : ces mots sont d’Ana Ruiz.", "Probablement : ces mots semblent être d’Ana Ruiz"),
        ("fr", "no", "Non : ces mots ne sont pas de Bo Lind", "Probablement pas : ces mots semblent être d’Ana Ruiz"),
        ("fr", "denied", "Ana Ruiz le dément.", "Un démenti, semble-t-il d’Ana Ruiz"),
        ("en", "yes", "Yes: these are the words of Ana Ruiz.", "Probably: these seem to be the words of Ana Ruiz"),
        ("en", "no", "No: these are not the words of Bo Lind", "Probably not: these seem to be the words of Ana Ruiz"),
        ("en", "denied", "Ana Ruiz denies it.", "A denial, it seems by Ana Ruiz"),
    ],
)
def test_a_check_is_answered_plainly_for_a_sure_speaker_alone(
    lang: str, verdict: Verdict, flat: str, hedged: str
) -> None:
    for confidence in (SURE, None):
        assert lead(verdict, find(confidence=confidence, alternative="Luc Mas"), lang=lang).startswith(flat)
    perhaps = {"fr": " (ou peut-être Luc Mas)", "en": " (or perhaps Luc Mas)"}[lang]
    assert lead(verdict, find(confidence=LIKELY), lang=lang).startswith(hedged)
    assert lead(verdict, find(confidence=LIKELY, alternative="Luc Mas"), lang=lang).startswith(hedged + perhaps)


UNION = "Le syndicat des conducteurs attend. La Ligue des usagers aussi. Oui"


def of_the_union(verdict: Verdict, lang: str, **changes: object) -> str:
    at = len(UNION) - len("Oui")
    said = quotation("Oui", start=at, end=len(UNION), **{"speaker": "syndicat des conducteurs"} | changes)
    cached = CachedArticle(Article("0f" * 8, "a", "Le port", "fr", text=UNION))
    return lead(verdict, Find(cached, at, len(UNION), said, 0.5, 0.5, 0), lang=lang)


def test_a_body_has_its_article_wherever_it_is_told() -> None:
    assert of_the_union("no", "fr") == "Non : ces mots ne sont pas de Bo Lind, mais du syndicat des conducteurs."
    assert of_the_union("denied", "fr") == "Le syndicat des conducteurs le dément."
    assert of_the_union("spoke", "fr").endswith(" : le syndicat des conducteurs.")
    assert of_the_union("answered", "fr").startswith("C’est le syndicat des conducteurs qui le dit")
    assert of_the_union("denied", "en", speaker="Ligue des usagers") == "Ligue des usagers denies it."
    likely = {"speaker": "Ana Ruiz", "confidence": LIKELY, "alternative": "Ligue des usagers"}
    assert "d’Ana Ruiz (ou peut-être la Ligue des usagers)" in of_the_union("no", "fr", **likely)


def test_of_those_who_spoke_the_likely_are_told_as_likely() -> None:
    told = lead("spoke", find(confidence=LIKELY), find("Luc Mas", SURE), find("Bo Lind", LIKELY), find("Bo Lind", SURE))
    assert told.endswith(": probablement Ana Ruiz, Luc Mas et Bo Lind.")


@pytest.mark.parametrize(
    ("lang", "verdict", "told"),
    [
        ("fr", "no", "Impossible à dire : l’article ne dit pas nettement de qui sont ces mots. À vous de vérifier."),
        ("en", "no", "Impossible to tell: the article does not say plainly whose words these are. Check for yourself."),
        ("fr", "denied", "Un démenti, mais l’article ne dit pas nettement de qui. À vous de vérifier."),
        ("en", "denied", "A denial, but the article does not say plainly whose. Check for yourself."),
    ],
)
def test_a_check_of_words_below_the_bar_is_left_open_and_names_nobody(lang: str, verdict: Verdict, told: str) -> None:
    for guess in ("Bo Lind", "Luc Mas"):
        assert lead(verdict, find(None, alternative=guess), lang=lang) == told


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "Non : ces mots ne sont pas de Bo Lind, mais de quelqu’un que l’article ne nomme pas."),
        ("en", "No: these are not the words of Bo Lind, but of somebody whom the article does not name."),
    ],
)
def test_words_that_nobody_may_have_said_are_nobodys(lang: str, told: str) -> None:
    assert lead("no", find(None), lang=lang) == told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_who_is_asked_about_is_not_told_twice(lang: str) -> None:
    """He is the alternative: "rather than Bo Lind" says so already, "(or perhaps Bo Lind)" would contradict it."""
    assert lead("no", find(confidence=LIKELY, alternative="Bo Lind"), lang=lang).count("Bo Lind") == 1


@pytest.mark.parametrize(
    ("lang", "verdict", "kinds", "told"),
    [
        ("fr", "spoke", ["person"], "À ce sujet, vos articles citent 1 personne : A."),
        ("fr", "spoke", ["body", "person", "document"],
         "À ce sujet, vos articles citent 1 personne, 1 institution et 1 document : A, B et C."),
        ("en", "spoke", ["person", "person", "body"],
         "On this, your articles quote 2 people and 1 organisation: A, B and C."),
        ("en", "spoke", [None, None], "On this, your articles quote 2 voices: A and B."),
    ],
)  # fmt: skip
def test_who_spoke_is_counted_by_kind(lang: str, verdict: Verdict, kinds: list[str | None], told: str) -> None:
    finds = [find(name, speaker_kind=kind) for name, kind in zip("ABC", kinds, strict=False)]
    assert lead(verdict, *finds, lang=lang) == told


@pytest.mark.parametrize(
    ("lang", "speakers", "told"),
    [
        ("fr", ["A"], "Vos articles ne citent pas Bo Lind. A parle en son nom, d’après l’article :"),
        ("fr", ["A", "B"], "Vos articles ne citent pas Bo Lind. A et B parlent en son nom, d’après vos articles :"),
        (
            "en",
            ["A"],
            "Your articles do not quote Bo Lind itself. A, who speaks for it according to the article, says:",
        ),
    ],
)
def test_all_who_speak_for_a_body_are_named(lang: str, speakers: list[str], told: str) -> None:
    assert lead("spoken_for", *map(find, speakers), lang=lang).startswith(told)


@pytest.mark.parametrize(
    ("lang", "named", "told"),
    [
        ("fr", None, "Vos articles citent 1 personne et 1 groupe de personnes : A (3 fois) et B (1 fois)."),
        ("en", None, "Your articles quote 1 person and 1 group of people: A (3) and B (1)."),
        ("en", 1, "Your articles quote 1 person and 1 group of people; most often, A (3)."),
    ],
)
def test_all_who_are_quoted_are_told_with_how_often(lang: str, named: int | None, told: str) -> None:
    tally = (Tally("A", 3, "person"), Tally("B", 1, "crowd"))
    findings = Findings("most_quoted", (find("A"),), total=2, tally=tally, named=named)
    assert head_of(findings, Question("?", lang, "aggregate")) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "findings", "scope", "told"),
    [
        ("fr", {"total": 52, "order": "newest"}, ANYWHERE, "52 citations ; voici les 2 plus récentes."),
        ("en", {"total": 52, "order": "newest"}, ANYWHERE, "52 quotations; the 2 newest."),
        ("en", {"total": 2, "order": "nearest"}, ANYWHERE, "2 quotations, closest to the question first."),
        ("en", {"total": 2, "order": "oldest"}, MARCH, "2 quotations in March 2017, oldest first."),
        ("en", {"total": 2, "order": "newest"}, TUESDAY,
         "2 quotations since Tuesday (from 14 March 2017), newest first."),
        ("fr", {"total": 2, "order": "newest", "undated": True}, MARCH,
         "2 citations in March 2017, les plus récentes d’abord. La date de ces paroles n’est pas connue."),
    ],
)  # fmt: skip
def test_it_is_told_how_many_there_are_and_in_which_order(
    lang: str, findings: dict[str, Any], scope: Scope, told: str
) -> None:
    said = Findings("said", (find("A"), find("B")), **findings)
    assert head_of(said, Question("?", lang, "statement", scope=scope)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "topic", "days", "total", "told"),
    [
        ("fr", "", (date(2017, 1, 28), date(2017, 3, 31)), 52,
         "52 citations d’Ana Ruiz, du 28 janvier au 31 mars 2017 ; voici les 2 plus récentes."),
        ("en", "", (date(2017, 1, 28), date(2017, 3, 31)), 52,
         "52 quotations of Ana Ruiz, 28 January to 31 March 2017; the 2 newest."),
        ("en", "port", (date(2016, 1, 28), date(2017, 3, 31)), 52,
         "52 quotations of Ana Ruiz on this, 28 January 2016 to 31 March 2017; the 2 newest."),
        ("fr", "port", (date(2017, 3, 1), date(2017, 3, 1)), 2,
         "2 citations d’Ana Ruiz à ce sujet, le 1er mars 2017, les plus récentes d’abord."),
        ("en", "", None, 2, "2 quotations of Ana Ruiz, newest first."),
    ],
)  # fmt: skip
def test_whose_words_and_between_which_days_is_told(
    lang: str, topic: str, days: tuple[date, date] | None, total: int, told: str
) -> None:
    person = AskedPerson("Ana Ruiz", "Ruiz", "speaker")
    said = Findings("said", (find(), find()), person, total=total, order="newest", days=days)
    assert head_of(said, Question("?", lang, "statement", topic=topic)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "topic", "told"),
    [
        ("fr", "", "Vos articles citent Bo Lind 7 fois, mais pas in March 2017."),
        ("fr", "port", "Vos articles citent Bo Lind 7 fois à ce sujet, mais pas in March 2017."),
        ("en", "", "Your articles quote Bo Lind 7 times, but never in March 2017."),
        ("en", "port", "Your articles quote Bo Lind 7 times on this, but never in March 2017."),
    ],
)
def test_what_is_of_another_time_is_counted_not_shown(lang: str, topic: str, told: str) -> None:
    findings = Findings("out_of_scope", asked=AskedPerson("Bo Lind", "Lind", "speaker"), total=7)
    question = Question("?", lang, "statement", topic=topic, scope=MARCH)  # type: ignore[arg-type]
    answer = compose("?", question, findings, (), texts_of(lang))
    assert answer.abstained
    assert answer.total == 0
    assert markdown(answer).replace("\u00a0", " ") == told


def head_of(findings: Findings, question: Question) -> str:
    answer = compose("?", question, findings, (), texts_of(question.lang))
    return markdown(answer).split("\n\n")[0].replace("\u00a0", " ").replace("\\", "")
