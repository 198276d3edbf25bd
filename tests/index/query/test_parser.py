"""What a reader writes is understood, or refused in a line; nothing else ever happens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryRefused
from index.query.models import And, Dated, Field, Holds, InLanguage, Near, Not, Or, Phrase, Query, Said
from index.query.parser import parse
from index.query.tokens import is_plain


def p(words: str) -> Phrase:
    return Phrase(tuple(words.rstrip("*").split()), words.endswith("*"))


def h(words: str, field: Field = "any") -> Holds:
    return Holds(field, p(words))


def near(*phrases: str, within: int = 10) -> Holds:
    return Holds("any", Near(tuple(map(p, phrases)), within))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("ferry", h("ferry")),
        ("Écolé", h("ecole")),
        ("écol*", h("ecol*")),
        ("l'école", h("l ecole")),
        ("S.N.C.F.", h("sncf")),
        ("ferry quai", And((h("ferry"), h("quai")))),
        ("ferry, quai", And((h("ferry"), h("quai")))),
        ("1,5", h("1 5")),
        ("10:30", h("10 30")),
        ("https://le-quai.example/a", h("https le quai example a")),
        ("Réaction: oui", And((h("reaction"), h("oui")))),
        ('"le prix du billet"', h("le prix du billet")),
        ("« le prix »", h("le prix")),
        ("“the fare”", h("the fare")),
        ('"le prix du bill*"', h("le prix du bill*")),
        ('"le prix du bill"*', h("le prix du bill*")),
        ("ferry AND quai", And((h("ferry"), h("quai")))),
        ("ferry ET quai", And((h("ferry"), h("quai")))),
        ("ferry et quai", And((h("ferry"), h("et"), h("quai")))),
        ('ferry "ET" quai', And((h("ferry"), h("et"), h("quai")))),
        ("a OR b c", Or((h("a"), And((h("b"), h("c")))))),
        ("(a OU b) c", And((Or((h("a"), h("b"))), h("c")))),
        ("a NOT b", And((h("a"), Not(h("b"))))),
        ("a AND NOT b", And((h("a"), Not(h("b"))))),
        ("a SAUF b", And((h("a"), Not(h("b"))))),
        ("a PAS (b OU c)", And((h("a"), Not(Or((h("b"), h("c"))))))),
        ("a -b", And((h("a"), Not(h("b"))))),
        ('a -"b c"', And((h("a"), Not(h("b c"))))),
        ("a-b", h("a b")),
        ("-5 degrés", And((h("5"), h("degres")))),
        ("NOT a", Not(h("a"))),
        ("NEAR(maire quai, 5)", near("maire", "quai", within=5)),
        ("NEAR(maire quai,5)", near("maire", "quai", within=5)),
        ("NEAR(maire, quai, 5)", near("maire", "quai", within=5)),
        ("NEAR(maire,quai,5)", near("maire", "quai", within=5)),
        ("PROCHE(maire quai)", near("maire", "quai")),
        ('PRÈS("le maire" quai*, 0)', near("le maire", "quai*", within=0)),
        ("NEAR maire", And((h("near"), h("maire")))),
        ("title:ferry", h("ferry", "title")),
        ("titre:ferry", h("ferry", "title")),
        ("TITRE: ferry", h("ferry", "title")),
        ('author:"Luc Mas"', h("luc mas", "author")),
        ("média:Fanal", h("fanal", "outlet")),
        ("titre:(ferry OU quai)", Or((h("ferry", "title"), h("quai", "title")))),
        ("title:NEAR(a b, 2)", Holds("title", Near((p("a"), p("b")), 2))),
        ("speaker:Arzel", Said(speaker=(p("arzel"),))),
        ("quoted:ferry", Said(words=(p("ferry"),))),
        ("speaker:Arzel quoted:ferry", Said((p("arzel"),), (p("ferry"),))),
        ("speaker:Arzel quai cité:(ferry prix)", And((Said((p("arzel"),), (p("ferry"), p("prix"))), h("quai")))),
        ("language:fr", InLanguage("fr")),
        ("langue:français", InLanguage("fr")),
        ("language:de", InLanguage("de")),
        ("date:2026", Dated(date(2026, 1, 1), date(2026, 12, 31))),
        ("date:2026-02", Dated(date(2026, 2, 1), date(2026, 2, 28))),
        ("date:2026-02-03", Dated(date(2026, 2, 3), date(2026, 2, 3))),
        ("date:2026-01..2026-03", Dated(date(2026, 1, 1), date(2026, 3, 31))),
        ("date:2026-01..", Dated(date(2026, 1, 1), None)),
        ("date:..2026-01", Dated(None, date(2026, 1, 31))),
        ("since:2026-02", Dated(date(2026, 2, 1), None)),
        ("jusque:2026-02", Dated(None, date(2026, 2, 28))),
        ("avant:2026-02", Dated(None, date(2026, 1, 31))),
        ("after:2026-02", Dated(date(2026, 3, 1), None)),
    ],
)
def test_a_query_is_understood(query: str, asked: Query) -> None:
    assert parse(query) == asked


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("", "query_empty"),
        ("  ", "query_empty"),
        ("!?", "query_no_word"),
        ("*", "query_no_word"),
        ("é**", "query_star"),
        ("f*rry", "query_star"),
        ('"le f* du quai"', "query_star"),
        ('"le prix', "query_unclosed"),
        ("« le prix", "query_unclosed"),
        ('""', "query_no_word"),
        ("(a OR b", "query_not_closed"),
        ("a OR b)", "query_not_opened"),
        ("()", "query_no_word"),
        ("a AND", "query_operator"),
        ("OR a", "query_operator"),
        ("a OR OR b", "query_operator"),
        ("a NOT", "query_operator"),
        ("NOT", "query_operator"),
        ("NEAR(a, 5)", "query_near"),
        ("NEAR(a b, cinq)", "query_no_distance"),
        ("NEAR(a b, 5000)", "query_no_distance"),
        ("NEAR(a b", "query_not_closed"),
        ("NEAR(a (b c), 5)", "query_near"),
        ("NEAR(a OR b)", "query_near"),
        ("titel:ferry", "query_no_field"),
        ("title:", "query_no_value"),
        ("(title:)", "query_no_value"),
        ("date:", "query_no_value"),
        ("date:(2026)", "query_no_value"),
        ("date:hier", "query_no_day"),
        ("date:2026-02-31", "query_no_day"),
        ("date:0000", "query_no_day"),
        ("date:..", "query_no_day"),
        ("after:9999", "query_no_day"),
        ("after:2026..", "query_no_day"),
        ("since:..2026", "query_no_day"),
        ("before:0001", "query_no_day"),
        ("language:klingon", "query_no_language"),
        ("a " * 1001, "query_too_long"),
        ("a " * 101, "query_too_many"),
        ("NOT " * 41 + "a", "query_too_deep"),
        ("(" * 41 + "a", "query_too_deep"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_kind(query: str, kind: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse(query)
    assert refused.value.reason.kind == kind
    assert refused.value.reason.told("fr") != str(refused.value) != ""


PIECES = [
    "AND", "OU", "NOT", "-", "NEAR(", "(", ")", '"', "«", "»", ",", "*", "title:", "date:", "qui:", "2026", "5",
    "a", "é",
]  # fmt: skip
WRITTEN = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*PIECES, " "])).map("".join),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


@given(WRITTEN)
def test_nothing_that_is_written_does_harm(query: str) -> None:
    try:
        parse(query)
    except QueryRefused as refused:
        assert "\n" not in str(refused)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("Clémence Arzel", True), ("Arzel, Clémence (maire)", True), ("l’affaire: le maire", True), ("et ou pas", True),
        ("Jean-Paul -Vidal", True), ("qui: Arzel", False), ("écol*", False), ('"le prix"', False), ("a OU b", False),
        ("NEAR(a b)", False), ('5" de pluie', False),
    ],
)  # fmt: skip
def test_a_line_is_told_from_a_query(line: str, plain: bool) -> None:
    assert is_plain(line) is plain
