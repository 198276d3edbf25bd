"""A reporting verb -> the phrase that names who speaks, on its left or on its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.quotations.syntax.noun_phrases import (
    Phrase,
    Sentence,
    bare_phrases,
    is_nominal,
    is_pronoun,
    is_silent,
    phrase_around,
    phrase_at,
)
from index.quotations.syntax.parser import Token

_THAT = frozenset(("que", "qu'", "that"))
_CLIMBS = (
    "conj",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "aux",
    "cop",
    "ccomp",
    "dep",
    "fixed",
    "pcomp",
    "prep",
    "obl",
)


def subject_after(s: Sentence, last: int) -> Phrase | None:
    """Return the first phrase after the verb that no preposition governs."""
    stop = s.last
    for j in range(last, s.last):
        if (
            s.tokens[j].quote >= 0
            or s.tokens[j].low in (":", ";", "que", "qu'", "that", "qui", "who")
            or (s.tokens[j].pos == "VERB" and j > last)
        ):
            stop = j
            break
    for phrase in bare_phrases(s.tokens, last, stop, s.lex):
        if phrase.first - last > 9:
            return None
        if s.lex.lang == "fr" and is_bare(s, phrase):
            continue
        if not is_silent(s.tokens, phrase, s.lex) and s.tokens[phrase.head].low not in (
            "him",
            "them",
            "us",
            "me",
        ):
            return phrase
    return None


def is_bare(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a French phrase has neither article nor capital: "a parlé debout", "a dit merci"."""
    t = s.tokens[phrase.first]
    determined = t.pos == "DET" or t.low in ("un", "une", "l'un", "l'une", "l'") or phrase.pronoun
    return not determined and not any(x.capital for x in s.tokens[phrase.first : phrase.last])


def subject_before_verb(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return the subject that stands before the verb at i, whose group begins at ``first``."""
    if first > s.first and _is_indefinite(s, first - 1):
        return None  # "beaucoup craignent": nobody in particular
    if first - 4 > s.first and [t.low for t in s.tokens[first - 3 : first - 1]] == ["quant", "à"]:
        aside = first - 3 - (s.tokens[first - 4].low in ("a", "ont", "avait", "est", "sont"))
        return _nearest_left(s, aside)  # "X a quant à lui reconnu"
    beside = (
        phrase_around(s.tokens, first - 1, s.first, first, s.lex)
        if first > s.first and _stands_alone(s, first - 1)
        else None
    )
    if beside is not None:
        return beside
    if first > s.first and s.tokens[first - 1].low in ("qui", "who") and s.tokens[first - 1].quote < 0:
        return _antecedent(s, first - 1)
    if first > s.first and s.tokens[first - 1].low == ",":
        over = _before_aside(s, first)
        if over is not None:
            return over
    beside = _joined_name(s, first, i)
    if beside is not None:
        return beside
    head = _subject(s, i)
    if head is None:
        return _nearest_left(s, first) if s.tokens[i].form in ("", "Fin", "Part") else None
    if s.tokens[head].low in ("qui", "who", "which", "that", "lequel", "laquelle"):
        return _antecedent(s, head)
    if s.lex.has("grammar.never", s.tokens[head].low):
        return None
    return phrase_around(s.tokens, head, s.first, first if head < first else s.last, s.lex)


def subject_of_main_clause(s: Sentence, stop: int) -> Phrase | None:
    """Return the subject of the main verb that stands before a position, when that can speak."""
    roots = [i for i in range(s.first, stop) if s.tokens[i].dep == "ROOT" and s.tokens[i].quote < 0]
    root = roots[-1] if roots else None
    if root is None:
        return None
    subjects = [
        i
        for i in range(s.first, root)
        if s.tokens[i].head == root and s.tokens[i].dep.startswith("nsubj") and s.tokens[i].quote < 0
    ]
    phrase = phrase_around(s.tokens, subjects[-1], s.first, root, s.lex) if subjects else None
    silent = phrase is None or is_silent(s.tokens, phrase, s.lex)
    return None if silent or phrase is None or not phrase_speaks(s, phrase) else phrase


def subject_of_sentence(s: Sentence, stop: int) -> Phrase | None:
    """Return the subject of the sentence's main verb, a pronoun too, when it stands before a position."""
    root = next((i for i in range(s.first, s.last) if s.tokens[i].dep == "ROOT" and s.tokens[i].quote < 0), None)
    first = next((i for i in range(s.first, stop) if _is_subject_of(s.tokens[i], root)), stop)
    phrase = phrase_around(s.tokens, first, s.first, stop, s.lex) if first < stop else None
    return None if phrase is None or is_silent(s.tokens, phrase, s.lex) or phrase.last > stop else phrase


def _is_subject_of(token: Token, root: int | None) -> bool:
    return token.head == root and token.dep.startswith("nsubj") and token.quote < 0


def subject_after_comma(s: Sentence, i: int) -> Phrase | None:
    """Return the subject of the main clause behind the participle that opens a sentence: "Se disant prêt, X ..."."""
    for j in range(i, s.last - 2):
        phrase = phrase_at(s.tokens, j + 1, s.last, s.lex) if s.tokens[j].low == "," and s.tokens[j].quote < 0 else None
        if phrase is None or not phrase_speaks(s, phrase):
            continue
        behind = s.tokens[phrase.last : phrase.last + 3]
        if any(t.form == "Fin" and t.quote < 0 for t in behind) or [t.low for t in behind[:1]] == [","]:
            return phrase
    return None


def _joined_name(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return the person who begins a clause of his own after "et": "X est parti et Y a déclaré"."""
    plural = s.tokens[first].low in ("ont", "avaient", "auraient") or s.tokens[i].low.endswith("ent")
    if plural or first - 3 < s.first or s.tokens[first - 1].ent not in ("PER", "PERSON", "ORG"):
        return None
    start = first - 1
    while start > s.first and s.tokens[start - 1].ent == s.tokens[first - 1].ent and s.tokens[start - 1].capital:
        start -= 1
    joined = s.tokens[start - 1].low in ("et", "mais", "but") and s.tokens[start - 1].quote < 0
    spoken = any(t.form == "Fin" and t.quote < 0 for t in s.tokens[s.first : start - 1])
    return phrase_around(s.tokens, start, start, first, s.lex) if joined and spoken and start > s.first else None


def _is_indefinite(s: Sentence, i: int) -> bool:
    t = s.tokens[i]
    return t.quote < 0 and s.lex.has("grammar.indefinite", t.low) and t.pos != "DET"


def _stands_alone(s: Sentence, i: int) -> bool:
    """Tell whether a pronoun, or "ce dernier", stands right before a verb."""
    t = s.tokens[i]
    return is_pronoun(t, s.lex) or (
        i > s.first and f"{s.tokens[i - 1].low} {t.low}" in s.lex.words["grammar.pronouns_latter"]
    )


def _joined(s: Sentence, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases with a bare word joined to the name that it ends: "Le site Robe | noire"."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before is not None and before.last == phrase.first and s.tokens[phrase.first - 1].capital:
            joined[-1] = replace(before, last=phrase.last)
        else:
            joined.append(phrase)
    return joined


def _before_aside(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase that an aside between commas parts from its verb: "Le Fanal, citant deux élus, rapporte"."""
    opening = max(
        (j + 1 for j in range(s.first, first) if s.tokens[j].low in _THAT and s.tokens[j].pos == "SCONJ"),
        default=s.first,
    )
    asides = [
        phrase
        for phrase in _joined(s, bare_phrases(s.tokens, opening, first - 1, s.lex))
        if phrase.last < first - 1
        and s.tokens[phrase.last].low == ","
        and s.tokens[phrase.last].quote < 0
        and not is_silent(s.tokens, phrase, s.lex)
        and not (s.lex.lang == "fr" and is_bare(s, phrase))
    ]
    return next((p for p in asides if phrase_speaks(s, p)), asides[0] if asides else None)


def _subject(s: Sentence, verb: int) -> int | None:
    """Climb from a verb to the subject that it shares with the verbs above it."""
    node, salient = verb, set()
    for _ in range(5):
        salient.add(node)
        kids = [
            j
            for j in range(s.first, s.last)
            if s.tokens[j].head == node and j != node and s.tokens[j].dep.startswith("nsubj") and s.tokens[j].quote < 0
        ]
        kids = [j for j in kids if j < max(node, verb) and not _is_spot(s, j)]
        if kids:
            return kids[-1]
        head = s.tokens[node].head
        dep = s.tokens[node].dep
        if head in salient or not s.first <= head < s.last or s.tokens[head].quote >= 0:
            return None
        if (dep in ("acl:relcl", "relcl") or dep == "acl") and is_nominal(s.tokens[head]):
            plain = s.lex.lang == "fr" and dep == "acl" and node == verb and s.tokens[verb].form == "Fin"
            return _whole(s, head) if plain else head
        if not dep.startswith(_CLIMBS):
            return None
        node = head
    return None


def _whole(s: Sentence, noun: int) -> int:
    """Return the noun that a noun behind "de" belongs to: "une source proche du dossier ajoute"."""
    node, top = noun, noun
    while s.first <= s.tokens[node].head < node and s.tokens[node].dep in ("nmod", "amod", "obl:arg"):
        node = s.tokens[node].head
        top = node if is_nominal(s.tokens[node]) else top
    return top


def _is_spot(s: Sentence, i: int) -> bool:
    """Tell whether a noun says where something happens: "place de la République, des badauds crient"."""
    return s.lex.lang == "fr" and s.lex.has("grammar.spots", s.tokens[i].low) and s.tokens[i - 1].pos != "DET"


def _antecedent(s: Sentence, relative: int) -> Phrase | None:
    """Return the phrase that "qui" or "who" stands for: the last before it that can speak.

    In "le chef de mission de MSF pour la Syrie qui considère", Syria does not.
    """
    end = relative
    while end > s.first and s.tokens[end - 1].pos in ("PUNCT", "ADP") and s.tokens[end - 1].quote < 0:
        end -= 1
        if s.tokens[end].low == ")":
            end = next((i for i in range(end, s.first, -1) if s.tokens[i].low == "("), end)
    nearest = None
    for _ in range(4):
        phrase = _ending_at(s, end)
        if phrase is None:
            break
        nearest = nearest or phrase
        if can_speak(s, phrase):
            return phrase
        if phrase.first <= s.first or s.tokens[phrase.first - 1].pos != "ADP":
            break
        end = phrase.first - 1
    return nearest


def _ending_at(s: Sentence, end: int) -> Phrase | None:
    """Return the longest noun phrase that ends at a position."""
    found = None
    for j in range(end - 1, max(s.first - 1, end - 12), -1):
        if s.tokens[j].quote >= 0 or s.tokens[j].pos in ("VERB", "AUX"):
            break
        if is_nominal(s.tokens[j]):
            phrase = phrase_around(s.tokens, j, s.first, end, s.lex)
            if phrase is not None and phrase.last == end:
                found = phrase if found is None or phrase.first <= found.first else found
    return found


def phrase_speaks(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is a pronoun or names somebody, no time or place."""
    return phrase.pronoun or can_speak(s, phrase)


def can_speak(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase names a person, a role or a body."""
    words = s.tokens[phrase.first : phrase.last]
    known = any(s.lex.has("roles.speaking", t.low) for t in words)
    return known or any(t.ent in ("PER", "PERSON", "ORG") for t in words)


def _nearest_left(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase before a verb to which the parser gave no subject, asides between commas skipped."""
    candidates = [
        p
        for p in bare_phrases(s.tokens, s.first, first, s.lex)
        if not is_silent(s.tokens, p, s.lex) and not _is_spot(s, p.head)
    ]
    adjacent = [p for p in candidates if p.last == first]
    if adjacent:
        return adjacent[-1]
    if first > s.first and s.tokens[first - 1].low == "," and candidates:
        return candidates[0]
    pronouns = [p for p in candidates if is_pronoun(s.tokens[p.head], s.lex)]
    return pronouns[-1] if pronouns else (candidates[0] if candidates else None)
