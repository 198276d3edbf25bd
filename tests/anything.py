"""What holds for every document, whatever its bytes are: only articles and refusals, and what they say is true."""

from __future__ import annotations

import io
from itertools import pairwise

from index.errors import SourceRefused
from index.loaders import Refusal
from index.loaders.document import Document
from index.loaders.forms import Form, form_of
from index.loaders.jsonl import read_jsonl
from index.loaders.note import Note
from index.loaders.plain_text import read_text
from index.loaders.sandbox.worker import READERS, Reader, read_guarded
from index.models import Article, content_id
from index.quotations.transcripts.reader import find_dialogue

LIMIT = 100_000
OWN: dict[Form, Reader] = {
    "text": read_text,
    "JSON lines": read_jsonl,
    **{
        name: READERS[name]
        for name in ("HTML", "Markdown", "SubRip", "WebVTT", "mail", "mailbox", "JSON", "CSV", "XLSX")
    },
}
"""Readers that raise nothing but a refusal; those of the other forms are guarded, as in the process they run in."""


def refuse_broken_promise(data: bytes, name: str) -> None:
    """Raise an AssertionError, or what a reader raises, when a document's reader breaks its promise.

    Readers run in this process here, so that what they raise is seen.
    """
    found = _read(data, name)
    if isinstance(found, str):
        assert found and "\n" not in found
        return
    for item in found:
        if isinstance(item, Refusal | Note):
            assert item.reason and "\n" not in str(item.reason)
        elif isinstance(item, Article):
            _check(item)
        else:
            assert isinstance(item, Document)


def refuse_broken_transcript(data: bytes, name: str) -> None:
    """Raise an AssertionError, or what reading raises, when the turns of a text are not in order and within it.

    The people whom a text names are left out: the parser that finds them takes any text.
    """
    for article in _read(data, name):
        if not isinstance(article, Article):
            continue
        dialogue = find_dialogue(article, [])
        turns = list(dialogue.quotations()) if dialogue else []
        places = [(turn.start, turn.end) for turn in turns]
        assert all(0 <= start < end <= len(article.text) for start, end in places)
        assert all(one[1] <= other[0] for one, other in pairwise(places))
        assert all(article.text[start:end].strip() for start, end in places)


def _read(data: bytes, name: str) -> list[Article | Refusal | Note | Document] | str:
    form = form_of(name)
    document = Document(io.BytesIO(data), name, f"/in/{name}")
    try:
        return list(OWN[form](document, LIMIT) if form in OWN else read_guarded(form, document, LIMIT))
    except SourceRefused as error:
        return str(error)


def _check(article: Article) -> None:
    assert 0 < len(article.text) <= LIMIT
    assert article.id == content_id(article.text)
    assert "\r" not in article.text and "\0" not in article.text
    told = (article.key, article.title, article.author, article.source, article.url, article.form, article.origin)
    for words in (article.text, *filter(None, told)):
        words.encode()
    assert article.title == " ".join(article.title.split()) != ""
    assert all(begin <= after for begin, after in pairwise(article.pages))
    begins = [begin for begin, _ in article.times]
    assert not begins or (begins == sorted(begins) and begins[0] == 0 and begins[-1] <= len(article.text))
    assert not article.pages or (article.pages[0] == 0 and article.pages[-1] <= len(article.text))
