import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Article, content_id
from index.text.chunker import chunk
from index.text.sentences import quoted, sentences
from index.typography import may_cut

LIMITS = st.integers(1, 40)
parts = st.sampled_from(
    [
        "La même phrase. ",
        "La même phrase. ",
        "M. Roux part. ",
        "« Oui. Non. » ",
        '"',
        "“",
        "”",
        "mot, mot ",
        "a",
    ]
    + ["e\u0301", "\u0301", "👩\u200d🚀", "🇫🇷", "👍🏽", "語", " ", "\u00a0", "\n", "\n\n", "\r\n"]
    + ["x" * 50, " " * 50, "\u0301" * 50]
)
any_text = st.text(st.characters(exclude_categories=())) | st.lists(parts).map("".join)


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def byte_triples(texts: Sequence[str]) -> list[int]:
    """Fewer tokens for the parts than for the whole, as subword models may have."""
    return [len(text.encode("utf-8", "surrogatepass")) // 3 for text in texts]


counters = st.sampled_from([words, characters, byte_triples])


def article(text: str) -> Article:
    return Article(content_id(text), "a", "A", "fr", text=text)


def passages(text: str, counter=words, limit: int = 12) -> list[str]:
    return [text[passage.start : passage.end] for passage in chunk(article(text), counter, limit)]


@pytest.mark.parametrize(
    "text",
    [
        # At most 12 words a passage; passages divided by "|".
        "Un deux trois. Quatre cinq six. Sept huit neuf. |Dix onze douze treize.",
        "Un deux trois. Quatre cinq six.\n\n|Sept huit neuf. Dix onze douze treize. Quatorze.",
        "Titre\n\nUn deux trois quatre cinq six sept huit neuf dix.\n|Onze douze treize.",
        "Un deux trois quatre cinq six. |Sept M. Huit neuf dix onze Mme. Douze treize.",
        "Un deux trois quatre cinq six. |« Sept huit. Neuf dix onze. Douze », dit treize.",
        # One sentence too long: between words, not in the quotation, a clause's end first.
        "Un deux trois quatre cinq six sept huit, dit-elle, |« neuf dix onze. Douze treize. »",
        "Un deux trois quatre cinq six sept huit neuf dix onze douze |treize quatorze.",
        # One quotation too long: between its sentences.
        "« Un deux trois quatre cinq six. Sept huit neuf dix. |Onze douze M. Treize quatorze quinze. »",
        "",
        "Un.",
        "\n\n",
    ],
)
def test_where_passages_end(text: str) -> None:
    assert passages(text.replace("|", "")) == [part for part in text.split("|") if part]


@settings(deadline=None)
@given(any_text, counters, LIMITS)
def test_passages_tile_any_text_within_the_limit(text: str, counter, limit: int) -> None:
    found = passages(text, counter, limit)
    assert "".join(found) == text
    assert all(found)
    for passage, tokens in zip(found, counter(found), strict=True):
        assert tokens <= limit or not any(may_cut(passage, at) for at in range(1, len(passage)))


@settings(deadline=None)
@given(any_text, counters, LIMITS)
def test_no_accent_begins_a_passage(text: str, counter, limit: int) -> None:
    assert not any(unicodedata.combining(passage[0]) for passage in passages(text, counter, limit)[1:])


@settings(deadline=None)
@given(any_text, LIMITS)
def test_quotations_and_sentences_that_fit_are_whole(text: str, limit: int) -> None:
    cuts = {passage.end for passage in chunk(article(text), characters, limit)}
    for start, end in [*quoted(text), *sentences(text)]:
        if end - start <= limit and may_cut(text, start) and may_cut(text, end):
            assert not cuts & set(range(start + 1, end))


def test_repeated_sentences_keep_their_own_places() -> None:
    text = "La même phrase revient. " * 50
    found = chunk(article(text), words, 12)
    assert [passage.start for passage in found] == list(range(0, len(text), len(text) // 50 * 3))
    assert {passage.article_id for passage in found} == {content_id(text)}


@pytest.mark.parametrize(
    "text", ["x" * 300_000, "mot " * 75_000, "«" * 10_000, "e" + "\u0301" * 100_000, "Oui. " * 50_000]
)
@pytest.mark.timeout(30)  # a quadratic step would take minutes
def test_hostile_texts_are_tiled_too(text: str) -> None:
    found = passages(text, characters, 190)
    assert "".join(found) == text
    assert re.match(r"\S", found[-1])
