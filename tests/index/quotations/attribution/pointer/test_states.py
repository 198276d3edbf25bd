"""What the pointer sees of states: of the tokens beside words and mentions; and whom it points at by them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.embedding.split_model import Floats
from index.embedding.token_states import TokenWindow, open_token_states
from index.models import Article, content_id
from index.quotations.attribution.features.evidence import Seen, seen_states
from index.quotations.attribution.pointer import tuned
from index.quotations.attribution.pointer.inputs import PointerInput, pointer_input
from index.quotations.attribution.pointer.network import fitted_state_pointer, mean
from index.quotations.attribution.pointer.states import ArticleStates, SeenStates
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.surroundings import Surroundings
from index.settings import IndexSettings

MOST = 64
"""Words at most."""
WORD = 4
"""Characters of a word of the texts here, with the space after it."""


class Numbered:
    """Gives each word a state that stands out at its number, from 1; those of a stretch alone."""

    def window(self, article: Article, start: int, end: int) -> TokenWindow:
        starts = np.arange(start, min(end, len(article.text)), WORD)
        states = np.eye(MOST, dtype=np.float32)[starts // WORD + 1]
        return TokenWindow(starts, starts + WORD - 1, states)


def place(first: int, last: int) -> tuple[int, int]:
    """Return the offsets of words by their numbers."""
    return (first - 1) * WORD, last * WORD - 1


def numbers(states: Floats) -> list[float]:
    """Return at which number each state stands out, of several the mean; 0: nowhere."""
    return [float(np.mean(np.flatnonzero(row > 0) if row.any() else 0)) for row in states.reshape(-1, MOST)]


def words(count: int) -> Article:
    return Article("a", "a", "", "en", text="abc " * count)


def test_the_tokens_beside_words_and_mentions_are_seen() -> None:
    seen = ArticleStates(Numbered(), words(50), 0, 200).seen(place(10, 12), [place(5, 6), place(1, 1)])
    assert numbers(seen.words) == [11, 8, 9, 13, 14, 10, 12]
    assert numbers(seen.mentions) == [5.5, 4, 7, 1, 0, 2]  # before the first word there is nothing


def test_places_of_a_stretch_are_counted_from_its_start() -> None:
    seen = ArticleStates(Numbered(), words(50), 20 * WORD, 40 * WORD).seen(place(10, 12), [place(1, 1)])
    assert numbers(seen.words) == [31, 28, 29, 33, 34, 30, 32]
    assert numbers(seen.mentions) == [21, 0, 22]


def test_where_no_token_stands_nothing_is_seen() -> None:
    seen = ArticleStates(Numbered(), words(50), 0, 200).seen(place(10, 12), [place(80, 81)])
    assert not seen.mentions.any()


def asked(text: str, lang: str, words: str) -> tuple[PointerInput, Seen]:
    model = open_token_states(IndexSettings(), lambda _: None)
    mentions = open_reader(Article(content_id(text), "example", "", lang, text=text), model=model).mentions()
    around = Surroundings(mentions, next(span for span in mentions.found if words in text[span.start : span.end]))
    given = pointer_input(around)
    seen = seen_states(around, given)
    assert seen is not None
    return given, seen


@pytest.mark.parametrize(
    ("text", "lang", "words", "speaker"),
    [
        ("Tom Reed was there. “Nobody will be paid late,” said Ada Pike.", "en", "paid", "Ada Pike"),
        ("« Le pont tiendra », a déclaré Jeanne Morel. Paul Ruiz n'en croit rien.", "fr", "pont", "Jeanne Morel"),
        ("Tom Reed was there. “Nobody will be paid late,” frumbled Ada Pike.", "en", "paid", "Ada Pike"),
    ],
)
def test_together_they_point_at_who_speaks(text: str, lang: str, words: str, speaker: str) -> None:
    given, seen = asked(text, lang, words)
    pointings = fitted_state_pointer().point(given, seen.beside), tuned.point(given, seen.sight)
    for pointing in pointings:
        assert sum(pointing.mentions) + pointing.nobody == pytest.approx(1, abs=1e-4)
    both = mean(*pointings)
    best = max(range(len(given.mentions)), key=lambda n: both.mentions[n])
    assert given.mentions[best].mention.speaker.name == speaker
    assert both.mentions[best] > both.nobody


@pytest.mark.parametrize("said", ["said Ada Pike", "Ada Pike added", "according to Ada Pike"])
def test_what_reads_on_knows_who_says_in_common_words(said: str) -> None:
    given, seen = asked(f"Tom Reed was there. “Nobody will be paid late,” {said}.", "en", "paid")
    pointing = tuned.point(given, seen.sight)
    best = max(range(len(given.mentions)), key=lambda n: pointing.mentions[n])
    assert given.mentions[best].mention.speaker.name == "Ada Pike"


def test_without_mentions_they_point_at_nobody() -> None:
    given, seen = asked("« Le pont tiendra », a dit Jeanne Morel.", "fr", "pont")
    nobody = PointerInput(given.symbols, given.kind, ())
    for pointing in (
        fitted_state_pointer().point(nobody, SeenStates(seen.beside.words, seen.beside.mentions[:0])),
        tuned.point(nobody, replace(seen.sight, mentions=seen.sight.mentions[:0])),
    ):
        assert (list(pointing.mentions), pointing.nobody) == ([], 1.0)
