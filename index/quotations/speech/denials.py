"""Words in marks of which the article says that somebody did not say them: they are nobody's statement.

Examples: Salins n'a jamais dit « ... »; Kessel denied saying "..."; "...", which she never said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.quotations.cues.analysed_sentences import AnalysedSentence, QuotedTokens
from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_nominal, phrase_at

_FAR = 6
"""Tokens between a cue and the marks that it denies."""


@dataclass(frozen=True, slots=True)
class Denial:
    """Marked words that somebody did not say, and who, as the sentence names them."""

    quote: QuotedTokens
    source: Phrase


def denials(analysed: AnalysedSentence) -> Iterator[Denial]:
    """Yield what a sentence quotes in order to deny that somebody said it."""
    for quote in analysed.quotes:
        source = _denier(analysed.sentence, quote, analysed.cues)
        if source is not None:
            yield Denial(quote, source)


def _denier(s: Sentence, q: QuotedTokens, cues: Sequence[Cue]) -> Phrase | None:
    """Return who is said not to have said a quotation, None when nothing denies it."""
    before = [cue for cue in cues if cue.last <= q.first and q.first - cue.last <= _FAR]
    behind = [cue for cue in cues if cue.first >= q.last]
    if before and (source := _denied_before(s, q, before[-1], cues)):
        return source
    if behind and not before:
        return _denied_behind(s, q, behind[0])
    return _wrongly_given(s)


def _denied_before(s: Sentence, q: QuotedTokens, cue: Cue, cues: Sequence[Cue]) -> Phrase | None:
    """Who "never said", or "denies having said", the words that follow at once."""
    if not _says(cue) or not _leads(s, cue.last, q.first):
        return None
    if _is_negated(s, cue):
        return cue.source
    denying = _denying(s, q, cue, cues)
    return denying.source if denying else None


def _denying(s: Sentence, q: QuotedTokens, cue: Cue, cues: Sequence[Cue]) -> Cue | None:
    """The verb that denies what the nearest cue says: "nie avoir dit", read as one cue or as two."""
    if _denies(s, cue) and _says_between(s, cue.last, q.first):
        return cue
    outer = next((c for c in reversed(cues) if c.last <= cue.first and c.kind == "verb"), None)
    return outer if outer and _denies(s, outer) and _is_infinite(s, outer, cue) else None


def _denied_behind(s: Sentence, q: QuotedTokens, cue: Cue) -> Phrase | None:
    """Whom the words before are not from: "..." is not what X said; "...", which X never said."""
    between = [t.low for t in s.tokens[q.last : cue.first] if t.quote < 0]
    if not _says(cue) or not any(s.lex.has("grammar.what", low) for low in between):
        return None
    unlike = any(s.lex.has("grammar.never_said", low) for low in between)
    return cue.source if unlike or _is_negated(s, cue) else None


def _wrongly_given(s: Sentence) -> Phrase | None:
    """To whom words are attributed that are not theirs: "...", a phrase wrongly attributed to X."""
    wrong, given = _first_of(s, "grammar.wrongly"), _first_of(s, "sources.attributed")
    if wrong is None or given is None:
        return None
    after = (i for i in range(max(wrong, given) + 1, s.last) if is_nominal(s.tokens[i]))
    return phrase_at(s.tokens, next(after, s.last), s.last, s.lex)


def _first_of(s: Sentence, words: str) -> int | None:
    """Return where the first of some words of the language stands outside marks."""
    return next(
        (i for i in range(s.first, s.last) if s.tokens[i].quote < 0 and s.lex.has(words, s.tokens[i].low)), None
    )


def _leads(s: Sentence, start: int, stop: int) -> bool:
    """Tell whether nothing but "que", adverbs or the verb's own rest stands between a cue and the marks."""
    between = [t for t in s.tokens[start:stop] if t.quote < 0]
    return not any(t.low == ":" or s.lex.has("grammar.other_than", t.low) for t in between)


def _is_negated(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue is truly denied, not refused or left out: "never said", but not "declined to say"."""
    near = s.tokens[max(s.first, cue.first - 3) : cue.last + 2]
    return cue.negated and any(t.quote < 0 and s.lex.has("grammar.never_said", t.low) for t in near)


def _says(cue: Cue) -> bool:
    return cue.kind == "verb" and cue.is_in("say")


def _denies(s: Sentence, cue: Cue) -> bool:
    return s.lex.has("sources.denying", s.tokens[cue.at].low)


def _says_between(s: Sentence, start: int, stop: int) -> bool:
    """Tell whether a verb of saying without a subject stands between two places: "nie avoir dit"."""
    verbs = (s.lex.verbs.get(t.low) for t in s.tokens[start:stop] if t.quote < 0)
    return any(verb is not None and "say" in verb.groups for verb in verbs)


def _is_infinite(s: Sentence, denying: Cue, cue: Cue) -> bool:
    """Tell whether a verb of saying hangs on the verb that denies it: no clause of its own lies between."""
    between = [t for t in s.tokens[denying.last : cue.first] if t.quote < 0]
    return len(between) <= _FAR and not any(t.low in (",", ":", ";") for t in between)
