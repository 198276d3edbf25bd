"""A quotation in its sentence -> the cue that governs it."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.cues.analysed_sentences import QuotedTokens
from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Sentence, phrase_at
from index.quotations.syntax.parser import Token

_REPEATED = 2  # tokens of "comme lancé", clitics and auxiliaries left out
_SMALL = 5  # small words between a cue and its marks
_ANNOUNCED = 4  # words that name what is announced
_NAMED = 3  # words held at a distance
_ONE_WORD = 3  # tokens of a word in marks, the marks included
_FARTHEST = 12  # tokens between a cue amid the words it reports and those that go on


def governing_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the cue whose words a quotation is, or None.

    A quotation that opens its sentence takes the cue to its right; any other the nearest to its left that can
    govern it, then the cue to its right, then a source ("selon elle") anywhere in the sentence.
    """
    left = _left_cue(s, q, cues, fragment)
    right = _right_cue(s, q, cues, fragment)
    opens = all(t.pos == "PUNCT" or t.quote >= 0 for t in s.tokens[s.first : q.first])
    nearest = (right or left) if opens or _is_repeated(s, q, right) else (left or right)
    return nearest or _source_anywhere(cues)


def _source_anywhere(cues: Sequence[Cue]) -> Cue | None:
    """Return a source ("selon elle") wherever it stands in the sentence."""
    return next((c for c in cues if c.kind == "preposition" and c.source is not None), None)


def _outside(s: Sentence, start: int, stop: int) -> list[Token]:
    """Return the words between two positions that stand outside marks."""
    return [t for t in s.tokens[start:stop] if t.quote < 0]


def _may_report(cue: Cue) -> bool:
    """Tell whether a cue is not denied, or says something all the same: "did not say", not "did not promise"."""
    return not cue.negated or cue.is_in("say")


# a cue behind the words


def _right_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the first cue after a quotation that can be its own."""
    for cue in cues:
        if cue.first < q.last or cue.source is None or not _may_report(cue):
            continue
        if cue.kind == "preposition":
            return cue
        if _is_of_others(s, q, cue):
            return None
        if not _reports_more(s, cue) and (not fragment or _closes_sentence(s, q, cue)):
            return cue
    return None


def _is_of_others(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a relative or a colon parts a cue from the words before it: « ... » de ceux qui disent."""
    between = _outside(s, q.last, cue.first)
    parted = any(t.low == ":" or s.lex.has("joining.who", t.low) for t in between)
    return parted and not (between[-1].low == "," or cue.inverted)


def _is_repeated(s: Sentence, q: QuotedTokens, cue: Cue | None) -> bool:
    """Tell whether a French cue says again who spoke the words before it: « ... », comme l'a lancé X."""
    if cue is None:
        return False
    words = [t for t in _outside(s, q.last, cue.first + 1) if not _is_small(t, s.lex)]
    return cue.inverted and 0 < len(words) <= _REPEATED and s.lex.has("joining.says_again", words[0].low)


def _is_small(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word is a comma, a clitic or an auxiliary before a cue: "comme | l'a | lancé X"."""
    return t.low == "," or lex.has("pronouns.clitics", t.low) or lex.has("forms.has_now", t.low)


def _reports_more(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue goes on with a clause of its own ("affirme que")."""
    behind = _outside(s, cue.last, cue.last + 2)
    return any(s.lex.has("grammar.that", t.low) and t.pos != "DET" for t in behind)


def _closes_sentence(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a cue after a fragment is an incise (", a-t-il dit"), not the main verb of a sentence."""
    starts = _start(cue)
    comma = starts >= q.last and (s.tokens[starts - 1].low in (",", "-") or s.has(starts - 1, "joining.as"))
    if s.tokens[starts - 1].quote < 0 and not comma and not _is_repeated(s, q, cue):
        return False
    determined = q.first > s.first and s.tokens[q.first - 1].pos == "DET"
    return not determined or any(t.form == "Fin" for t in s.tokens[s.first : q.first])


def _start(cue: Cue) -> int:
    """Return where a cue begins, with its source: "| Jeanne Morel affirme"."""
    return min(cue.first, cue.source.first) if cue.source is not None else cue.first


def _end(cue: Cue) -> int:
    """Return where a cue ends, with the source behind it: "a dit Jeanne Morel |"."""
    return max(cue.last, cue.source.last) if cue.source is not None and cue.inverted else cue.last


# a cue before the words


def _left_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the nearest cue before a quotation that can govern it."""
    for cue in reversed(cues):
        if cue.last > q.first or not _may_be_left(s, q, cue):
            continue
        if _ends_in(s, q, cue, ":"):
            return cue
        if _leads_to(s, cue, q, fragment):
            return None if fragment and _only_names(s, q, cue) else cue
        if _governs(s, cue, q, fragment):
            return cue
    return None


def _may_be_left(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a cue is a verb of the sentence's own, and not denied."""
    return cue.kind == "verb" and _may_report(cue) and not _is_of_relative(s, q, cue)


def _ends_in(s: Sentence, q: QuotedTokens, cue: Cue, mark: str) -> bool:
    """Tell whether what stands between a cue and a quotation ends in a mark: "a dit hier : « ... »"."""
    between = _outside(s, cue.last, q.first)
    return bool(between) and between[-1].low == mark


def _is_of_relative(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a cue is a relative clause's: "la pétition qui attaque l'État, X est « surpris »"."""
    relative = cue.first > s.first and s.has(cue.first - 1, "joining.who_or_which")
    return relative and _has_own_subject(s, cue.last, q.first)


def _has_own_subject(s: Sentence, start: int, stop: int) -> bool:
    """Tell whether a clause about a person begins at a comma between two positions."""
    for i in range(start, stop - 2):
        if s.tokens[i].low == "," and s.tokens[i].quote < 0 and _begins_with_person(s, i + 1, stop):
            return any(t.form == "Fin" for t in _outside(s, i, stop))
    return False


def _begins_with_person(s: Sentence, i: int, stop: int) -> bool:
    """Tell whether a phrase that begins at i is a person's name or role."""
    phrase = phrase_at(s.tokens, i, stop, s.lex)
    if phrase is None or phrase.pronoun:
        return False
    return s.tokens[phrase.head].ent == "PER" or s.has(phrase.head, "roles.any")


def _leads_to(s: Sentence, cue: Cue, q: QuotedTokens, fragment: bool) -> bool:
    """Tell whether a cue stands beside the marks, or beside those spoken to."""
    return _is_beside(_outside(s, cue.last, q.first), s.lex) or (not fragment and _is_addressed(s, cue, q))


def _is_beside(between: Sequence[Token], lex: Lexicon) -> bool:
    """Tell whether only small words part a cue from the marks.

    Examples: "a annoncé avoir", "scandant, entre autres,".
    """
    small = ("DET", "ADP", "PUNCT", "AUX", "ADV")
    return len(between) <= _SMALL and all(t.pos in small or lex.has("joining.among_others", t.low) for t in between)


def _is_addressed(s: Sentence, cue: Cue, q: QuotedTokens) -> bool:
    """Tell whether only those spoken to stand between a cue and whole words: "asked the minister, “...”"."""
    comma = q.first - 1
    phrase = phrase_at(s.tokens, cue.last, comma, s.lex)
    return phrase is not None and phrase.last == comma and s.tokens[comma].low == "," and s.tokens[comma].quote < 0


def _only_names(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a fragment behind a cue is what is spoken of, in nobody's words."""
    return _is_named_thing(s, q, cue) or _is_announced(s, q, cue)


def _is_announced(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a few words behind an article name what is announced: "annonce un « pacte du câble »"."""
    determined = s.tokens[q.first - 1].pos == "DET" and s.lex.has("naming.traits", "announces")
    if cue.is_in("feeling") and s.has(q.first - 1, "grammar.possessive"):
        return False  # "confie sa « stupeur »"
    short = sum(t.pos != "PUNCT" for t in s.tokens[q.first : q.last]) <= _ANNOUNCED
    return determined and short and not cue.is_in("object") and not cue.is_in("think")


def _is_named_thing(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a short fragment is a word held at a distance: "wrote of a “ghost bus”"."""
    if not s.has(q.first - 2, "joining.tell_of"):
        return False
    determined = s.has(q.first - 1, "determiners.definite") or s.has(q.first - 1, "determiners.indefinite")
    words = [t for t in s.tokens[q.first : q.last] if t.quote == s.tokens[q.first].quote and t.pos != "PUNCT"]
    return determined and len(words) <= _NAMED and cue.is_in("say")


def _governs(s: Sentence, cue: Cue, q: QuotedTokens, fragment: bool) -> bool:
    """Tell whether a cue reports a quotation that other words part from it."""
    if cue.is_in("manner") and not (cue.is_in("say") or cue.is_in("object")):
        return False
    if cue.is_in("object") or any(s.lex.has("grammar.that", t.low) for t in _outside(s, cue.last, q.first)):
        return True
    whole = not fragment and _ends_in(s, q, cue, ",")
    return whole or _is_interposed(s, cue, q) or _governs_without_that(s, cue, q, fragment)


def _governs_without_that(s: Sentence, cue: Cue, q: QuotedTokens, fragment: bool) -> bool:
    """Tell whether a verb reports what follows without "that": "said the plan was “a joke from the start”"."""
    if not s.lex.has("naming.traits", "bare_reports"):
        return False
    if not fragment:
        return True
    whole = cue.is_in("say") and q.last - q.first != _ONE_WORD and s.tokens[q.first - 1].pos != "DET"
    return whole or any(t.dep == "ccomp" and t.head == cue.at for t in s.tokens[s.first : s.last])


def _is_interposed(s: Sentence, cue: Cue, q: QuotedTokens) -> bool:
    """Tell whether a cue stands between the words it reports: "A, he said, B"; « A », dit-il, « B »."""
    if not _is_parted(s, _start(cue)):
        return False
    after = _outside(s, _end(cue), q.first)
    if after and after[0].low == ",":
        return True
    closed = bool(after) and after[-1].low in (",", ".")
    return len(after) < _FARTHEST and (closed or any(t.quote >= 0 for t in s.tokens[s.first : q.first]))


def _is_parted(s: Sentence, at: int) -> bool:
    """Tell whether a comma, a dash or marks stand before a cue."""
    return at > s.first and (s.tokens[at - 1].quote >= 0 or s.tokens[at - 1].low in (",", "-"))
