"""Marks that hold no speech: titles of works, nicknames, terms, words that the writer keeps at a distance."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Token


def names_a_thing(tokens: Sequence[Token], first: int, last: int, start: int, words: str, lex: Lexicon) -> bool:
    """Tell whether the marks at tokens first..last hold a title, a nickname or a term rather than speech.

    Args:
        tokens: those of the paragraph.
        first: the first token of the marked stretch.
        last: one past its last token.
        start: first token of the sentence.
        words: what stands within the marks.
        lex: the language's lexicon.
    """
    triggers = lex.words["not_speech.before"]
    before = [t for t in tokens[max(start, first - 3) : first] if t.quote < 0 and t.pos != "PUNCT"]
    nearest = next((t for t in reversed(before) if t.pos not in ("DET", "ADJ")), None)
    comma = first > start and tokens[first - 1].low == ","
    beside = not comma or len(words.split()) < 5
    if beside and before and before[-1].low in triggers or _is_charge(tokens, first, start, lex):
        return True
    if nearest is not None and "naming" in getattr(lex.verbs.get(nearest.low), "groups", ()):
        judges = before[-1] is nearest and nearest.form == "Fin" and not words[:1].isupper() and len(words.split()) > 1
        return not _reflexive(tokens, start, first) and not (judges and lex.lang == "en")
    if _renames(tokens, first, start, words, lex) or _is_label(tokens, last, words):
        return True
    near = [t.low for t in _since_verb(tokens[max(start, first - (8 if comma else 3)) : first], lex) if t.quote < 0]
    capital = words[:1].isupper()
    if capital and any(low in triggers for low in near):
        return True
    if capital and first > start and tokens[first - 1].pos == "ADP" and tokens[first - 1].quote < 0:
        return True
    if capital and lex.lang == "fr" and first > start and tokens[first - 1].pos == "DET" and len(words.split()) < 6:
        spoken = any(t.low in lex.verbs and t.pos in ("VERB", "AUX") for t in tokens[start:first])
        return not spoken and words[-1] not in ".!?…"
    return _follows_title(tokens, last, triggers) and len(words.split()) < 9


def _since_verb(before: Sequence[Token], lex: Lexicon) -> Sequence[Token]:
    """Return the words between the last verb of saying and marks: "After the game, Moss said, “...”" names no game."""
    groups = [lex.verbs[t.low].groups if t.pos == "VERB" and t.low in lex.verbs else frozenset[str]() for t in before]
    said = (i for i, names in enumerate(groups) if "say" in names)
    return before[max(said, default=-1) + 1 :]


def _is_label(tokens: Sequence[Token], last: int, words: str) -> bool:
    """Tell whether capitals in marks name the noun behind them: "launches its “Safe Hands” programme"."""
    capitals = [word[:1].isupper() for word in words.split()]
    behind = last < len(tokens) and tokens[last].pos == "NOUN" and tokens[last].quote < 0
    return behind and 1 < len(capitals) < 5 and all(capitals)


def _renames(tokens: Sequence[Token], first: int, start: int, words: str, lex: Lexicon) -> bool:
    """Tell whether the marks hold a name that things or people go by: "Locals call it “the Beast”"."""
    if first - start < 3 or len(words.split()) > 4 or not any(w[:1].isupper() for w in words.split()):
        return False
    verb = lex.verbs.get(tokens[first - 2].low)
    called = verb is not None and "naming" in verb.groups and tokens[first - 2].pos in ("VERB", "AUX")
    return called and tokens[first - 1].low in ("it", "him", "her", "them", "this")


def _is_charge(tokens: Sequence[Token], first: int, start: int, lex: Lexicon) -> bool:
    """Tell whether the marks hold what somebody is charged with, or warned of.

    Examples: "mis en examen pour « abus de biens sociaux »", "placé en vigilance pour « vents violents »".
    """
    if lex.lang != "fr" or first - 1 < start:
        return False
    accused = tokens[first - 2] if first - 2 >= start and tokens[first - 1].low in ("de", "d'", "à") else None
    if accused is not None and accused.form == "Part" and lex.has("not_speech.charges", accused.low):
        near = [t.low for t in tokens[max(start, first - 5) : first]]
        return bool({"est", "sont", "était", "étaient", "été"} & set(near)) and "par" not in near
    if tokens[first - 1].low not in ("pour", ":", "et"):
        return False
    if any(t.low == "garde" for t in tokens[max(start, first - 5) : first - 1]) and tokens[first - 2].low == "vue":
        return True
    return any(
        lex.has("not_speech.charges", t.low) for t in tokens[max(start, first - 25) : first] if t.quote < 0
    ) and not any(t.low in ("selon", "écrit", "dénonce") for t in tokens[start:first])


def _reflexive(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Tell whether "dit" before the marks is somebody who speaks of himself, or a verb with a subject."""
    if tokens[first - 1].low in ("dit", "disent", "disait", "disaient") and first - 2 >= start:
        before = tokens[first - 2]
        inside = tokens[first + 1].form if first + 1 < len(tokens) else ""
        if before.low == "," or tokens[first - 1].form == "Fin" or inside == "Inf":
            return True
    return any(
        t.low in ("se", "s'", "a", "ont", "avait", "il", "elle", "-il", "-elle", "dire", "said")
        for t in tokens[max(start, first - 4) : first]
    )


def _follows_title(tokens: Sequence[Token], last: int, triggers: frozenset[str]) -> bool:
    after = [t for t in tokens[last : last + 5] if t.quote < 0]
    if not after or after[0].low != ",":
        return False
    return any(t.low in triggers for t in after[1:4]) and after[1].pos == "DET"


def is_explained(tokens: Sequence[Token], last: int, stop: int, words: str, lex: Lexicon) -> bool:
    """Tell whether what follows the marks says that they hold a title: "“Low Tide”, a film about eels, opens"."""
    if len(words.split()) > 8 or last + 2 >= stop or tokens[last].low != "," and words[-1:] != ",":
        return False
    i = last + (tokens[last].low == ",")
    if tokens[i].pos != "DET" or tokens[i].quote >= 0:
        return False
    near = tokens[i + 1 : min(i + 5, stop)]
    for t in near:
        if t.pos not in ("ADJ", "NOUN", "PROPN", "NUM") or t.quote >= 0:
            return False
        if t.low in lex.words["not_speech.before"]:
            return True
    return False
