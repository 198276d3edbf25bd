"""The door to spaCy: an article and its marked stretches -> paragraphs of plain tokens, cut into sentences.

The parser reads each paragraph with its longer quotations replaced by one short word in marks: it then sees
the sentence of the one who reports, and the words of the one who speaks cannot mislead it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from index.languages.data_files import languages
from index.languages.lexicon import FALLBACK, Lexicon, lexicon
from index.pytorch import without_torch
from index.text.marks import Marked, paragraph_spans
from index.typography import shadow

QUOTE = "QUOTE"
_SENTENCE_END = frozenset((".", "!", "?", "…", "...", ";"))
_LEFT_IN = 5  # words in marks that the parser reads with the sentence
_LONGEST_HEADING = 60  # characters; wrapped lines are longer
# Tokens; no sentence of the press is so long. The rules look from each verb to its sentence's ends.
_LONGEST_SENTENCE = 200
# Characters: the tokenizer takes marks off a word one by one, each time looking at all that is left.
_LONGEST_WORD = re.compile(r"\S{200}")
# "Moody's": French tokenizers cut behind each apostrophe, but not at a letter that looks like one.
_FOREIGN_OWNER = re.compile(r"(?<=\w\w)'(?=s\b)")
_LETTER_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"

_SIGNED = re.compile(r"(?<=\s-)(?=[^\W\d_])")
"""Where a dash stands right before a name: “...” -Commissioner Hollis Brandt."""


@dataclass(slots=True)
class Token:
    """A word of the article; offsets count code points of its text.

    Attributes:
        pos: universal part of speech, or ``QUOTE`` for a whole quotation that stands here as one token.
        head: position of the governing token in the same paragraph (its own position for a root).
        ent: type of the named entity it belongs to, "" for none.
        quote: position of the marked stretch it stands in, -1 outside.
    """

    text: str
    low: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    ent: str = ""
    gender: str = ""
    number: str = ""
    person: str = ""
    form: str = ""
    quote: int = -1

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(slots=True)
class Paragraph:
    """Tokens of one paragraph, and its sentences as ranges of them."""

    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)


def read(text: str, marked: Sequence[Marked], lang: str) -> list[Paragraph]:
    """Parse an article; the words within marks stay out of the parse when they are longer than a few words.

    For a language without a parser, tokens come without grammar.
    """
    plain = _LONGEST_WORD.sub(lambda run: f"{run[0][:-1]} ", shadow(text))
    if lexicon(lang).has("syntax.traits", "elisions"):
        plain = _FOREIGN_OWNER.sub(_LETTER_APOSTROPHE, plain)
    frames = [_Frame(plain, start, end, marked, lang) for start, end in paragraph_spans(text)]
    paragraphs = [Paragraph(frame.start, frame.end) for frame in frames]
    for paragraph, frame, doc in zip(paragraphs, frames, _pipe(lang, [f.text for f in frames]), strict=True):
        paragraph.tokens = frame.tokens(doc)
        paragraph.sentences = _sentences(paragraph.tokens, text, marked, lexicon(lang))
    return paragraphs


@lru_cache(maxsize=4)
def _model(lang: str) -> Any:
    with without_torch():
        import spacy

    if lang not in languages():
        return spacy.blank("xx")
    return import_module(languages()[lang].parser).load(exclude=["lemmatizer"])


def _pipe(lang: str, texts: list[str]) -> Any:
    return _model(lang if lang in languages() else "xx").pipe(texts, batch_size=64)


class _Frame:
    """A paragraph as the parser reads it, and the way back to the article's offsets."""

    def __init__(self, plain: str, start: int, end: int, marked: Sequence[Marked], lang: str) -> None:
        self.start, self.end = start, end
        self.text = ""
        self.origin: list[int] = []  # offset in the article of each character of the frame
        self.filler: list[int] = []  # which quotation each character of the frame stands for, -1 for none
        self.collapsed: dict[int, Marked] = {}
        self.marked = [(i, m) for i, m in enumerate(marked) if m.start < end and m.close_at > start]
        self.lex = lexicon(lang)
        self.marks = languages().get(lang, languages()[FALLBACK]).filler
        position = start
        for i, m in self.marked:
            self._copy(plain, position, m.open_at)
            position = max(position, m.open_at)
            if m.open_at < start:
                position = m.close_at  # it began in the paragraph before
            elif self._is_long(plain, m):
                self._collapse(plain, i, m)
                position = m.close_at
        self._copy(plain, position, end)

    def _collapse(self, plain: str, i: int, m: Marked) -> None:
        """Put a short word in marks in the place of a long quotation, with the last sign of its words."""
        self.collapsed[i] = m
        opening, closing = self.marks
        last = plain[m.end - 1]
        filler = opening + (last if last in ",.!?" else "") + closing
        if self.text and not self.text[-1].isspace():
            filler = " " + filler
        if m.close_at < self.end and plain[m.close_at].isalnum():
            filler += " "
        self.text += filler
        self.origin += [m.open_at] * len(filler)
        self.filler += [i] * len(filler)

    def _copy(self, plain: str, start: int, end: int) -> None:
        for piece in _SIGNED.split(plain[start:end]):
            if self.text and piece and start > self.start and self.text[-1] == "-" and piece[0].isupper():
                self.text += " "
                self.origin.append(start - 1)
                self.filler.append(-1)
            self.text += piece.replace("\n", " ")
            self.origin += range(start, start + len(piece))
            self.filler += [-1] * len(piece)
            start += len(piece)

    def _is_long(self, plain: str, m: Marked) -> bool:
        inside = plain[m.start : m.end]
        words = len(inside.split())
        before = plain[self.start : m.open_at].rstrip()
        return words > _LEFT_IN or (words > 1 and inside[-1] in ".!?…,") or not before or before[-1] in ".!?…:"

    def tokens(self, doc: Any) -> list[Token]:
        """Return the parsed words as tokens of the article, hyphenated words whole."""
        tokens: list[Token] = []
        position: list[int] = []  # token of the frame -> token of the article
        for word in doc:
            if not word.is_space:
                self._read(word, tokens)
            position.append(max(len(tokens) - 1, 0))
        for token in tokens:
            token.head = position[token.head] if token.head < len(position) else 0
        return tokens

    def _read(self, word: Any, tokens: list[Token]) -> None:
        """Add a parsed word to the tokens: a quotation once, a word that the tokenizer cut in two to its first half."""
        first, last = word.idx, word.idx + len(word) - 1
        number = self.filler[last]
        if number < 0:
            start, end = self.origin[first], self.origin[last] + 1
            token = _token(word, start, end, self._quote_at(start))
            if tokens and _is_glued(tokens[-1], token, self.lex):
                _join(tokens[-1], token)
            else:
                tokens.append(token)
        elif not tokens or tokens[-1].quote != number:
            m = self.collapsed[number]
            tokens.append(Token("«»", "«»", QUOTE, word.dep_, word.head.i, m.open_at, m.close_at, quote=number))

    def _quote_at(self, offset: int) -> int:
        return next((i for i, m in self.marked if m.open_at <= offset < m.close_at), -1)


@lru_cache(maxsize=4096)
def _features(morph: str) -> tuple[str, str, str, str]:
    """Return gender, number, person and verb form from "Gender=Fem|Number=Sing"; the first value of several."""
    values = dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)
    gender, number, person, form = (values.get(k, "").split(",")[0] for k in ("Gender", "Number", "Person", "VerbForm"))
    return gender, number, person, form


def _token(word: Any, start: int, end: int, quote: int) -> Token:
    morph = word.morph
    pos = word.pos_
    if word.ent_type_ in ("PER", "PERSON") and word.text[:1].isupper() and pos in ("PRON", "VERB", "ADV", "AUX"):
        pos = "PROPN"  # a surname that the tagger does not know
    gender, number, person, form = _features(str(morph))
    text = word.text.replace(_LETTER_APOSTROPHE, "'")
    return Token(
        text,
        text.lower(),
        pos,
        word.dep_,
        word.head.i,
        start,
        end,
        word.ent_type_,
        gender,
        number,
        person,
        form,
        quote,
    )


def _is_glued(left: Token, right: Token, lex: Lexicon) -> bool:
    """Tell whether the tokenizer cut one word in two: "Fontanes-Aubry", "al-Abadi", "d ' "."""
    if left.end != right.start or left.quote != right.quote:
        return False
    if right.low == "'" and lex.has("forms.elided", left.low):
        return True
    if left.low.endswith("c'") and right.low.startswith("h"):
        return True  # "Poulmarc'h"
    if right.low == ".":
        return lex.has("names.titles", f"{left.text}.")  # "Sgt. Dee Berg"
    return _is_hyphenated(left, right)


def _is_hyphenated(left: Token, right: Token) -> bool:
    """Tell whether a hyphen belongs to the word before it, or a word to the hyphen before it."""
    if right.low == "-":
        return left.text[-1:].isalnum()
    return left.text[-1:] == "-" and len(left.text) > 1 and right.text[:1].isalnum()


def _join(left: Token, right: Token) -> None:
    if left.low.endswith("c'") and left.capital:
        left.pos = "PROPN"
    left.text, left.low, left.end = left.text + right.text, left.low + right.low, right.end
    if right.text[:1].isupper() and left.pos not in ("PROPN", "NOUN"):
        left.pos = right.pos
    if not left.ent:
        left.ent = right.ent


def _sentences(tokens: list[Token], text: str, marked: Sequence[Marked], lex: Lexicon) -> list[tuple[int, int]]:
    """Cut at full stops outside marks, and after a quotation that ends one when a new sentence begins."""
    spans, first = [], 0
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        too_long = following is not None and _is_too_long(i + 1 - first, token, following)
        ends = following is None or _ends(token, following, text, marked) or _is_headline(token, following, text)
        if too_long or (ends and (following is None or not _asks_on(tokens, i, text, marked, lex))):
            spans.append((first, i + 1))
            first = i + 1
    return spans


def _is_headline(token: Token, following: Token, text: str) -> bool:
    """Tell whether a short line of its own ends at a token, such as the heading of an entry of a live blog."""
    at = text.find("\n", token.end, following.start)
    if at < 0 or token.quote >= 0 or token.low in (",", ":", ";") or not (following.capital or following.quote >= 0):
        return False
    line = at - (text.rfind("\n", 0, at) + 1)
    following_end = text.find("\n", at + 1)
    return line < _LONGEST_HEADING and 2 * line < (len(text) if following_end < 0 else following_end) - at


def _is_too_long(length: int, token: Token, following: Token) -> bool:
    return length >= _LONGEST_SENTENCE and (token.quote < 0 or token.quote != following.quote)


def _ends(token: Token, following: Token, text: str, marked: Sequence[Marked]) -> bool:
    begins = _begins_sentence(following)
    if token.quote < 0:
        if token.low == ";":
            return True
        return token.low in _SENTENCE_END and (begins or bool(re.search(r"\n", text[token.end : following.start])))
    m = marked[token.quote]
    last_of_quote = token.end >= m.close_at and following.quote != token.quote
    return last_of_quote and text[m.end - 1] in ".!?…" and following.low not in _SENTENCE_END and begins


def _begins_sentence(t: Token) -> bool:
    """Tell whether a sentence may begin with a word: a capital, marks, a figure, a dash."""
    return t.capital or t.quote >= 0 or t.text[:1].isdigit() or t.text[:1] in "-([…"


def _asks_on(tokens: list[Token], i: int, text: str, marked: Sequence[Marked], lex: Lexicon) -> bool:
    """Tell whether the cue of a question or a cry follows its marks: “Why?” Mayor Ruiz asked."""
    if tokens[i].quote < 0 or text[marked[tokens[i].quote].end - 1] not in "!?":
        return False
    for t in tokens[i + 1 : i + 9]:
        if t.quote >= 0 or t.low in (*_SENTENCE_END, ",", ":") or lex.has("joining.who", t.low):
            return False
        verb = lex.verbs.get(t.low)
        if verb is not None and t.pos in ("VERB", "AUX") and verb.groups & {"say", "manner"}:
            return True
    return False
