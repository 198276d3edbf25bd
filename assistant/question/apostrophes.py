"""A name to which an "s" was typed without its apostrophe: "tavistocks book" -> "tavistock's book"."""

from __future__ import annotations

import re

from assistant.question.grammar import Grammar
from assistant.question.name_index import NameBook, key_of
from assistant.question.plain_text import Surface
from index.languages.lemmas import is_word

_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]{4,})s(?=\s+\w)")


def with_apostrophes(asked: Surface, grammar: Grammar, book: NameBook) -> str:
    """Return a question with the possessives that a hurry left out, behind the surnames of those who are quoted.

    What stands in marks stays as it is.
    """
    mark = grammar.compose.get("possessive", "")

    def mended(match: re.Match[str]) -> str:
        marked = asked.plain[match.start()] == "\0"
        return match[0] if marked or not _is_owner(match, grammar, book) else match[1] + mark

    return _WORD.sub(mended, asked.text) if mark else asked.text


def _is_owner(match: re.Match[str], grammar: Grammar, book: NameBook) -> bool:
    """Tell whether a word is no word and no name, but for its last letter a surname."""
    if is_word(match[0].lower(), grammar.lang) or book.exact(key_of(match[0])):
        return False
    found = book.exact(key_of(match[1]))
    return found is not None and found.best.known == "speaker" and not found.first
