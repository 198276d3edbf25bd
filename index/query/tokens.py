"""A written query -> its tokens: words, phrases, operators, names of fields, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.errors import QueryRefused, shortened
from index.query.vocabulary import fields, operators
from index.typography import fold

Kind = Literal["word", "phrase", "operator", "field", "open", "close", "comma"]

_QUOTES = '"“”„‟«»'
_TOKEN = re.compile(
    rf"""
      (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<minus>-(?=[^\W\d_]|[({_QUOTES}]))
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}](?P<star>\*?)|(?P<unclosed>$))
    | (?P<field>[^\W\d_]+):(?!//)
    | (?P<word>[^\s(),{_QUOTES}]+(?:,[^\s(),{_QUOTES}]+)*)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query.

    Attributes:
        text: the words of a word or a phrase; what an operator or a field means, in English.
        written: as it stands in the query.
    """

    kind: Kind
    text: str
    written: str


def tokens(query: str) -> list[Token]:
    """Return the tokens of a query.

    Raises:
        QueryRefused: a quotation mark is not closed, or a field is unknown.
    """
    return list(map(_token, _TOKEN.finditer(query)))


def is_plain(line: str) -> bool:
    """Tell whether a line holds words alone: no phrase, operator, field or star."""
    return "*" not in line and not any(map(_has_meaning, _TOKEN.finditer(line)))


def _has_meaning(found: re.Match[str]) -> bool:
    if found["field"] is not None:
        return fold(found["field"]) in fields()
    return found["phrase"] is not None or found[0] in operators()


def _token(found: re.Match[str]) -> Token:
    kind, written = found.lastgroup, found[0]
    if kind == "word":
        return _word(written)
    if kind == "field":
        return _field(found)
    if kind == "unclosed":
        raise QueryRefused("query_unclosed", words=shortened(written))
    if kind == "minus":
        return Token("operator", "not", written)
    if kind in ("phrase", "star"):
        return Token("phrase", found["phrase"] + found["star"], written)
    return Token("open" if kind == "open" else "close" if kind == "close" else "comma", written, written)


def _word(written: str) -> Token:
    meaning = operators().get(written)
    return Token("operator", meaning, written) if meaning else Token("word", written, written)


def _field(found: re.Match[str]) -> Token:
    """Return the name of a field; a word before a colon and a blank is a word."""
    written = found[0]
    if meaning := fields().get(fold(found["field"])):
        return Token("field", meaning, written)
    if found.end() == len(found.string) or found.string[found.end()].isspace():
        return Token("word", found["field"], written)
    raise QueryRefused("query_no_field", field=shortened(found["field"]))
