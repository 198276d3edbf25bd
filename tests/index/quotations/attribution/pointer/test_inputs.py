"""What the pointer sees of words and mentions: tokens beside them without names, and how they lie."""

import pytest

from index.models import Article, content_id
from index.quotations.attribution.pointer.inputs import LIE, NOTHING, Pointed, pointer_input
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.surroundings import Surroundings

FERRY = (
    "Tom Reed left early.\n\nAda Pike, who runs the ferry, said the boats would sail again in May. "
    "“Nobody will be paid late,” she added. Tom Reed was not there."
)


def seen(text: str, lang: str, words: str) -> tuple[tuple[tuple[str, str, str], ...], dict[str, Pointed]]:
    """Return the symbols around some words, and the mentions near them by the text that they stand in."""
    mentions = open_reader(Article(content_id(text), "example", "", lang, text=text)).mentions()
    span = next(span for span in mentions.found if words in text[span.start : span.end])
    given = pointer_input(Surroundings(mentions, span))
    return given.symbols, {text[m.mention.start : m.mention.end]: m for m in given.mentions}


def test_names_and_numbers_are_without_words() -> None:
    _, mentions = seen(
        "Le 3 mai, Jeanne Morel a parlé. « Le pont tiendra », a dit Jeanne Morel à Paul Ruiz.", "fr", "pont"
    )
    words = {word for m in mentions.values() for word, pos, _ in m.symbols if pos in ("PROPN", "NUM")}
    assert words == {""}


def test_the_tokens_beside_words_are_seen() -> None:
    symbols, mentions = seen(FERRY, "en", "Nobody")
    assert [word for word, _, _ in symbols if word] == ["again", "in", ".", "she", "added", ".", "nobody", "late"]
    assert "added" in [word for word, _, _ in mentions["she"].symbols]


def test_what_lies_beyond_the_paragraph_is_nothing() -> None:
    symbols, _ = seen("« Le pont tiendra », a dit Jeanne Morel.", "fr", "pont")
    assert symbols[0] == NOTHING


@pytest.mark.parametrize(
    ("mention", "place"),
    [("she", 3), ("Tom Reed", 2)],  # in the sentence; in the paragraph
)
def test_how_a_mention_lies(mention: str, place: int) -> None:
    _, mentions = seen(FERRY, "en", "Nobody")
    assert mentions[mention].lie[2] == place


def test_every_number_has_its_place_in_the_network() -> None:
    for words in ("boats", "Nobody"):
        _, mentions = seen(FERRY, "en", words)
        assert all(0 <= value < size for m in mentions.values() for value, size in zip(m.lie, LIE, strict=True))
