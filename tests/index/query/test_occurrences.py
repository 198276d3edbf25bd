from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.languages.terms import folded_words, word_spans
from index.query.models import Near, Phrase
from index.query.occurrences import occurrences, spaced_words


def near(*words: str, within: int) -> Near:
    return Near(tuple(Phrase((word,)) for word in words), within)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (Phrase(("ferry",)), "Le ferry, ce ferry-là.", ["ferry", "ferry"]),
        (Phrase(("ferry",)), "Les ferrys", []),
        (Phrase(("ferr",), prefix=True), "Les ferrys du Ferret", ["ferrys", "Ferret"]),
        (Phrase(("de", "de")), "de de de", ["de de", "de de"]),
        (Phrase(("coeur", "de")), "Au CŒUR\nde l’île", ["CŒUR\nde"]),
        (Phrase(("l", "ecole")), "à l’École.", ["l’École"]),
        (Phrase(("prix", "du", "bi"), prefix=True), "le prix du billet", ["prix du billet"]),
        (
            near("maire", "quai", within=2),
            "Le maire ouvre le quai ; le quai attend le maire.",
            ["maire ouvre le quai", "quai attend le maire"],
        ),
        (near("quai", "maire", within=2), "Le maire ouvre le quai.", ["maire ouvre le quai"]),
        (near("maire", "quai", within=1), "Le maire ouvre le quai.", []),
        (near("maire", "quai", within=5), "maire quai maire quai", ["maire quai", "maire quai"]),
        (near("a", "b", within=5), "a x a b", ["a b"]),
        (Near((Phrase(("b", "c", "d")), Phrase(("x",))), 1), "x b c d y x", ["x b c d"]),
    ],
)
def test_words_are_found_where_they_stand(pattern: Phrase | Near, text: str, found: list[str]) -> None:
    spans = word_spans(text)
    places = occurrences(pattern, spaced_words(text))
    assert [text[spans[first][0] : spans[end - 1][1]] for first, end in places] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’œuvre", ["L", "œuvre"]),
        ("la S.N.C.F. et l'O.N.U", ["la", "S.N.C.F", "et", "l", "O.N.U"]),
        ("ete\u0301 e\u0301te", ["ete\u0301", "e\u0301te"]),
        ("東京都 Tokyo", ["東京", "京都", "Tokyo"]),
        ("½ ﬁn №", ["½", "½", "ﬁn", "№"]),
    ],
)
def test_a_word_is_told_by_its_own_characters(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words


MIXED = st.text(st.one_of(st.characters(), st.sampled_from("aé.e\u0301 œﬁ½東京都A.B.l’İß…")))


@given(MIXED)
def test_every_folded_word_has_its_place(text: str) -> None:
    spans, words = word_spans(text), folded_words(text)
    assert len(spans) == len(words)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for (start, end), word in zip(spans, words, strict=True):
        assert set(word) <= set("".join(folded_words(text[start:end])))
