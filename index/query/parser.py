"""A written query -> what it asks for, as a tree; what cannot be read is refused in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from index.errors import QueryRefused, shortened
from index.languages.terms import folded_words
from index.query.days import period
from index.query.models import And, Field, Holds, InLanguage, Near, Not, Or, Pattern, Phrase, Query, Said
from index.query.tokens import Token, tokens
from index.query.vocabulary import languages_by_name
from index.typography import fold

LONGEST: Final = 2_000
"""In characters."""
DEEPEST: Final = 40
"""How many brackets and negations may stand in each other."""
MOST: Final = 100
"""Things that one query may look for."""
NEAR: Final = 10
"""Words that may stand between words that are near each other, unless the query says."""
FARTHEST: Final = 1_000

_FIELDS: Final[Mapping[str, Field]] = {field: field for field in get_args(Field)}
_END: Final = Token("close", "", "")


def parse(query: str) -> Query:
    """Return what a query asks for.

    Raises:
        QueryRefused: it cannot be read; told in a line that says what to write instead.
    """
    if len(query) > LONGEST:
        raise QueryRefused("query_too_long", most=LONGEST)
    if not (found := tokens(query)):
        raise QueryRefused("query_empty")
    parser = _Parser(found)
    asked = parser.either("any")
    if parser.at.written:
        raise QueryRefused("query_not_opened")
    return asked


def phrase(written: str) -> Phrase:
    """Return the words of a phrase; a star after the last makes that the beginning of a word.

    Raises:
        QueryRefused: it holds no word, or a star elsewhere.
    """
    stripped = written.strip()
    body = stripped.removesuffix("*")
    if "*" in body:
        raise QueryRefused("query_star", words=shortened(stripped))
    if not (words := folded_words(body)):
        raise QueryRefused("query_no_word", words=shortened(stripped))
    return Phrase(tuple(words), prefix=body != stripped)


class _Parser:
    """Reads tokens from the left; each method takes those that it returns the meaning of."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0
        self._things = 0

    @property
    def at(self) -> Token:
        """The token that is read next; an empty one behind the last."""
        return self._tokens[self._next] if self._next < len(self._tokens) else _END

    def either(self, field: Field) -> Query:
        """Read things parted by OR."""
        parts = [self._all(field)]
        while self._takes("or"):
            parts.append(self._all(field))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self, field: Field) -> Query:
        """Read things that stand beside each other, or parted by AND."""
        parts = [self._one(field)]
        while True:
            while self.at.kind == "comma":
                self._next += 1
            if not self._takes("and") and (self.at.kind == "close" or self._is("or")):
                return _all_of(parts)
            parts.append(self._one(field))

    def _one(self, field: Field) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryRefused("query_too_deep", most=DEEPEST)
        read = self._negated if self._takes("not") else self._group if self.at.kind == "open" else self._leaf
        found = read(field)
        self._depth -= 1
        return found

    def _negated(self, field: Field) -> Query:
        return Not(self._one(field))

    def _group(self, field: Field) -> Query:
        self._next += 1
        found = self.either(field)
        self._close()
        return found

    def _leaf(self, field: Field) -> Query:
        token = self.at
        if token.kind in ("close", "comma") or (token.kind == "operator" and not self._is("near")):
            raise self._nothing_here()
        self._next += 1
        self._things += 1
        if self._things > MOST:
            raise QueryRefused("query_too_many", most=MOST)
        if token.kind == "field":
            return self._field(token)
        if token.kind == "operator" and self.at.kind == "open":
            return _holds(field, self._near(token))
        return _holds(field, phrase(token.written if token.kind == "operator" else token.text))

    def _field(self, name: Token) -> Query:
        """Read what stands behind the name of a field."""
        value, of_words = self.at, name.text in _FIELDS
        if value.kind == "close" or not (of_words or value.kind in ("word", "phrase")):
            raise QueryRefused("query_no_value", field=name.written)
        if of_words:
            return self._one(_FIELDS[name.text])
        self._next += 1
        return _language(value.text) if name.text == "language" else period(name.text, value.text)

    def _near(self, operator: Token) -> Near:
        """Read the words within the brackets of NEAR, and how far apart they may be."""
        self._next += 1
        written: list[Token] = []
        while self.at.kind in ("word", "phrase", "comma"):
            written += _at_commas(self.at)
            self._next += 1
        if self.at.kind != "close":
            raise QueryRefused("query_near", operator=operator.written)
        self._close()
        distance = NEAR
        if [token.kind for token in written[-2:]] == ["comma", "word"]:
            distance = _distance(written.pop().text)
        phrases = [phrase(token.text) for token in written if token.kind != "comma"]
        if len(phrases) < 2:  # noqa: PLR2004 - one thing is near nothing
            raise QueryRefused("query_near", operator=operator.written)
        return Near(tuple(phrases), distance)

    def _close(self) -> None:
        if not self.at.written:
            raise QueryRefused("query_not_closed")
        if self.at.kind != "close":
            raise self._nothing_here()
        self._next += 1

    def _is(self, meaning: str) -> bool:
        return self.at.kind == "operator" and self.at.text == meaning

    def _takes(self, meaning: str) -> bool:
        there = self._is(meaning)
        self._next += there
        return there

    def _nothing_here(self) -> QueryRefused:
        """Return why nothing can be read here: an operator stands alone, or brackets are empty."""
        before = self._tokens[self._next - 1] if self._next else None
        operator = self.at if self.at.kind == "operator" else before
        if operator and operator.kind == "operator":
            return QueryRefused("query_operator", operator=operator.written)
        return QueryRefused("query_no_word", words=f"{before.written if before else ''}{self.at.written}")


def _all_of(parts: Sequence[Query]) -> Query:
    """Return parts that must all be so; what is asked of speakers and quotations is asked of one quotation."""
    said = [part for part in parts if isinstance(part, Said)]
    if len(said) > 1:
        speaker, words = (tuple(each for one in said for each in getattr(one, name)) for name in ("speaker", "words"))
        parts = [Said(speaker, words), *(part for part in parts if not isinstance(part, Said))]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _holds(field: Field, pattern: Pattern) -> Query:
    if field == "speaker":
        return Said(speaker=(pattern,))
    return Said(words=(pattern,)) if field == "quoted" else Holds(field, pattern)


def _at_commas(token: Token) -> list[Token]:
    """Return a word as its parts and the commas between them."""
    if token.kind != "word":
        return [token]
    parts = [[Token("comma", ",", ","), Token("word", part, part)] for part in token.text.split(",")]
    return [each for part in parts for each in part][1:]


def _language(value: str) -> Query:
    code = languages_by_name().get(fold(value), fold(value))
    if not (code.isascii() and code.isalpha() and len(code) == 2):  # noqa: PLR2004 - ISO 639-1
        raise QueryRefused("query_no_language", language=shortened(value))
    return InLanguage(code)


def _distance(number: str) -> int:
    if not (number.isascii() and number.isdecimal()) or len(number) > len(str(FARTHEST)) or int(number) > FARTHEST:
        raise QueryRefused("query_no_distance", number=shortened(number), most=FARTHEST)
    return int(number)
