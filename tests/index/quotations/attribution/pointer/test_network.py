"""Where the pointer that is in use points, in sentences where a reader sees at once who speaks."""

import pytest

from index.models import Article, content_id
from index.quotations.attribution.pointer.inputs import PointerInput, pointer_input
from index.quotations.attribution.pointer.network import fitted_pointer
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.surroundings import Surroundings

CASES = [
    ("Paul Ruiz était là. « Le pont tiendra », a déclaré Jeanne Morel.", "fr", "pont", "Jeanne Morel"),
    ("Jeanne Morel a reçu Paul Ruiz. Selon Paul Ruiz, « le pont tiendra ».", "fr", "pont", "Paul Ruiz"),
    ("Jeanne Morel a expliqué à Paul Ruiz que le pont tiendrait jusqu'en mai.", "fr", "tiendrait", "Jeanne Morel"),
    ("Tom Reed was there. “Nobody will be paid late,” said Ada Pike.", "en", "paid", "Ada Pike"),
    ("Ada Pike told Tom Reed that nobody would be paid late.", "en", "paid", "Ada Pike"),
]


def given(text: str, lang: str, words: str) -> PointerInput:
    mentions = open_reader(Article(content_id(text), "example", "", lang, text=text)).mentions()
    span = next(span for span in mentions.found if words in text[span.start : span.end])
    return pointer_input(Surroundings(mentions, span))


@pytest.mark.parametrize(("text", "lang", "words", "speaker"), CASES)
def test_the_pointer_points_at_who_speaks(text: str, lang: str, words: str, speaker: str) -> None:
    seen = given(text, lang, words)
    pointing = fitted_pointer().point(seen)
    best = max(range(len(seen.mentions)), key=lambda n: pointing.mentions[n])
    assert seen.mentions[best].mention.speaker.name == speaker
    assert pointing.mentions[best] > pointing.nobody
    assert sum(pointing.mentions) + pointing.nobody == pytest.approx(1, abs=1e-4)


def test_without_mentions_it_points_at_nobody() -> None:
    seen = given("« Le pont tiendra », a dit Jeanne Morel.", "fr", "pont")
    pointing = fitted_pointer().point(PointerInput(seen.symbols, seen.kind, ()))
    assert (list(pointing.mentions), pointing.nobody) == ([], 1.0)


def test_words_that_it_never_saw_do_not_mislead_it() -> None:
    seen = given("Tom Reed was there. “Nobody will be paid late,” frumbled Ada Pike.", "en", "paid")
    pointing = fitted_pointer().point(seen)
    best = max(range(len(seen.mentions)), key=lambda n: pointing.mentions[n])
    assert seen.mentions[best].mention.speaker.name == "Ada Pike"
