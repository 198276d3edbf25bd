"""What speaks: a person, a body, a place, a document or a crowd, named or not. The sentences are invented."""

from __future__ import annotations

import pytest

from index.languages.lexicon import lexicon
from index.models import Article, content_id
from index.quotations.attribution.reader import ArticleReader
from index.quotations.syntax.parser import read
from index.text.marks import find_marked

ROWS = [
    ("fr", "La police a affirmé que le pont tiendrait.", "body"),
    ("fr", "Le communiqué affirme que le pont tiendra.", "document"),
    ("fr", "Les manifestants affirment que le pont tiendra.", "crowd"),
    ("fr", "Un témoin affirme que le pont tiendra.", "person"),
    ("fr", "Paul Morel affirme que le pont tiendra.", "person"),
    ("fr", "Selon le ministère de la Santé, le pont tiendra.", "body"),
    ("fr", "Les riverains affirment que le pont tiendra.", "crowd"),
    ("en", "Police said the bridge would hold.", "body"),
    ("en", "The report says the bridge will hold.", "document"),
    ("en", "Officials said the bridge would hold.", "crowd"),
    ("en", "Protesters said the bridge would hold.", "crowd"),
    ("en", "A witness said the bridge would hold.", "person"),
    ("en", "Nora Pike said the bridge would hold.", "person"),
    ("en", "The Harbour Board said the bridge would hold.", "body"),
    ("en", "The city said the bridge would hold.", "body"),
]


@pytest.mark.parametrize(("lang", "text", "kind"), ROWS)
def test_every_speaker_is_of_a_kind(lang: str, text: str, kind: str) -> None:
    marked = find_marked(text, lang)
    article = Article(content_id(text), "test", text, lang, text=text)
    reader = ArticleReader(article, marked, read(text, marked, lang), lexicon(lang))
    reader.mentions()
    assert [span.speaker.kind for span in reader.found if span.speaker is not None] == [kind]
