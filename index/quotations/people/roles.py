"""What people are called beside their names: "la ministre X", "X, coach of Y", "X est maire" -> roles, genders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from index.languages.calendar import time_words
from index.languages.lexicon import Lexicon
from index.quotations.syntax.noun_phrases import Phrase, phrase_at
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import is_role

_FARTHEST_ROLE = 9  # tokens before a name


def roles_beside(
    tokens: Sequence[Token], first: int, start: int, last: int, a: int, b: int, lex: Lexicon
) -> list[tuple[str, str]]:
    """Return role and gender of each role noun before a name, in apposition to it, or said of it ("X est maire").

    Args:
        tokens: those of the paragraph.
        first: where the run of capitals begins.
        start: where the name itself does, titles left out.
        last: one past its last word.
        a: where the sentence begins.
        b: one past its end.
        lex: the language's lexicon.
    """
    found = [_role(t, None, lex) for t in tokens[first:start] if lex.has("roles.any", t.low)]
    found += _before(tokens, first, a, lex)
    if first - 1 >= a and tokens[first - 1].low == ",":
        found += _apposed_before(tokens, first - 1, a, lex) + _opening(tokens, first - 1, a, lex)
    return found + _apposed_after(tokens, last, b, lex)


def _before(tokens: Sequence[Token], first: int, a: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles right before a name: "le maire de Tours Paul Morel", "Mayor Ruiz"."""
    found = []
    before = _last_before(tokens, first, a)
    while before >= a and _may_tell_role(tokens[before]) and first - before < _FARTHEST_ROLE:
        t = tokens[before]
        if lex.has("roles.speaking", t.low):
            found.append(_role(t, tokens[before - 1] if before > a else None, lex))
        if _begins_role(tokens, before, a, lex):
            break
        before -= 1
    return found


def _begins_role(tokens: Sequence[Token], i: int, a: int, lex: Lexicon) -> bool:
    """Tell whether a role begins at a noun, so that no other stands before it: "le | maire", "Hask's | mayor"."""
    role = lex.has("roles.speaking", tokens[i].low)
    if lex.has("naming.traits", "noun_last"):
        return role or tokens[i].pos == "ADP"
    return role and i > a and tokens[i - 1].pos == "DET"


def _last_before(tokens: Sequence[Token], first: int, a: int) -> int:
    """Return the last word before a name that may tell its role, before the sentence when a preposition governs it."""
    before = first - 1
    if before > a and tokens[before].pos == "DET" and tokens[before - 1].pos == "ADP":
        before -= 1
    if before >= a and tokens[before].pos == "ADP":
        return a - 1  # "la mère de Pascal": the role is not his
    return before


def _may_tell_role(t: Token) -> bool:
    """Tell whether a word may be part of what somebody is called before their name."""
    return t.quote < 0 and t.pos in ("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM")


def _opening(tokens: Sequence[Token], comma: int, a: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the role that opens a sentence: "Océanographe depuis vingt ans, X publie ..."."""
    lead = tokens[a]
    if comma <= a or not is_role(lead, lex) or lead.pos == "DET":
        return []
    parted = any(t.low == "," or (t.pos, t.form) == ("VERB", "Fin") for t in tokens[a:comma])
    return [] if parted else [_role(lead, None, lex)]


def _apposed_before(tokens: Sequence[Token], comma: int, a: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the role of a phrase that a comma parts from a name: "Le maire de Tours, Paul Morel"."""
    for j in range(comma - 1, max(a - 1, comma - 12), -1):
        t = tokens[j]
        if t.quote >= 0 or t.pos in ("PUNCT", "VERB", "AUX"):
            return []
        if t.low in lex.words["roles.any"] and t.pos != "ADJ":
            phrase = phrase_at(tokens, j, comma, lex)
            if phrase is not None and phrase.last == comma:
                return [_role(t, tokens[j - 1] if j > a else None, lex)]
    return _of_unknown_trade(tokens, comma, a, lex)


def _of_unknown_trade(tokens: Sequence[Token], comma: int, a: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the noun of "The harbour's eel-counter, X,": a phrase that nothing governs, right before a name."""
    noun = tokens[comma - 1] if comma > a else None
    if noun is None or not _may_be_trade(noun, lex):
        return []
    for j in range(max(a, comma - 8), comma - 1):
        if not _begins_clause(tokens, j, a, lex) or not _begins_phrase(tokens[j], lex):
            continue
        phrase = phrase_at(tokens, j, comma, lex)
        if phrase is not None and phrase.last == comma:
            return [_role(noun, None, lex)]
    return []


def _may_be_trade(noun: Token, lex: Lexicon) -> bool:
    """Tell whether an English noun of no list may be a trade: "eel-counter", not "council", not "May"."""
    single = lex.has("naming.traits", "unknown_trades") and noun.pos == "NOUN" and noun.number != "Plur"
    return single and noun.low not in time_words() and not lex.has("roles.bodies", noun.low)


def _begins_clause(tokens: Sequence[Token], j: int, a: int, lex: Lexicon) -> bool:
    """Tell whether nothing governs a phrase that begins at j: the sentence or a clause begins there."""
    return j == a or tokens[j - 1].low == "," or lex.has("joining.clause", tokens[j - 1].low)


def _begins_phrase(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word is the first of a phrase: an article, a possessive, a capital."""
    return t.quote < 0 and (t.pos == "DET" or t.capital or lex.has("grammar.possessive", t.low))


def _apposed_after(tokens: Sequence[Token], last: int, b: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles said just after a name: "X, frère du directeur et conseiller,", "X est maire"."""
    if last + 1 >= b or not _leads_to_role(tokens[last], lex):
        return []
    if tokens[last].low == "," and tokens[last + 1].text.isdigit() and lex.words["suffixes.aged"]:
        return [(f"{tokens[last + 1].text}{ending}", "") for ending in lex.words["suffixes.aged"]]
    phrase = _apposition(tokens, last, b, lex)
    if phrase is None:
        return []
    head = _role_noun(tokens, phrase, lex)
    if not _may_be_role(head, lex):
        return []
    found = [_role(head, tokens[phrase.first], lex)]
    return found + _within(tokens, phrase, lex) + _joined(tokens, phrase.last, b, lex)


def _apposition(tokens: Sequence[Token], last: int, b: int, lex: Lexicon) -> Phrase | None:
    """Return the phrase that says what somebody is behind their name, None for another person.

    Example: "Selon X, | le maire a dit" is of two people.
    """
    phrase = phrase_at(tokens, last + 1, b, lex)
    if phrase is None or phrase.pronoun:
        return None
    after = tokens[phrase.last] if phrase.last < b else None
    return phrase if tokens[last].low != "," or _is_aside(after, lex) else None


def _leads_to_role(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word behind a name leads to what they are: a comma, a bracket, "est", "became"."""
    return t.low in (",", "(") or lex.has("forms.is", t.low) or lex.has("forms.becomes", t.low)


def _is_aside(after: Token | None, lex: Lexicon) -> bool:
    """Tell whether a phrase behind a comma is over with no verb of its own, by the word after it."""
    if after is None or after.pos in ("PUNCT", "CCONJ", "ADP"):
        return True
    return lex.has("joining.who", after.low) or lex.has("joining.whose", after.low)


def _role_noun(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Token:
    """Return the noun of an apposition: in French its first word, when the head is none: "X, maire Vert"."""
    head, first = tokens[phrase.head], tokens[phrase.first]
    known = lex.words["roles.speaking"]
    adjective = head.low not in known and first.low in known
    return first if adjective and lex.has("naming.traits", "noun_first") else head


def _may_be_role(head: Token, lex: Lexicon) -> bool:
    """Tell whether the noun of an apposition may be what somebody is: no name, date or number."""
    if head.capital and not lex.has("roles.speaking", head.low):
        return False
    return head.low not in time_words() and head.pos != "NUM" and not head.text[0].isdigit()


def _within(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles behind the first of a phrase: "X, avocat conseil"."""
    behind = takewhile(lambda t: t.pos != "ADP", tokens[phrase.head + 1 : phrase.last])
    roles = [t for t in behind if t.pos in ("NOUN", "ADJ") and lex.has("roles.speaking", t.low)]
    return [_role(t, tokens[phrase.first], lex) for t in roles]


def _joined(tokens: Sequence[Token], start: int, b: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles that a conjunction joins to another: "X, frère du directeur | et conseiller"."""
    found = []
    for j in range(start, min(start + 6, b - 1)):
        if tokens[j].low in (",", ".") or tokens[j].pos == "VERB":
            break
        if lex.has("joining.and", tokens[j].low) and tokens[j + 1].pos == "NOUN":
            found.append(_role(tokens[j + 1], None, lex))
    return found


def _role(noun: Token, det: Token | None, lex: Lexicon) -> tuple[str, str]:
    return noun.low, role_gender(noun, det, lex)


def role_gender(noun: Token, det: Token | None, lex: Lexicon) -> str:
    """Return the gender that a role noun and its article show."""
    if det is not None and _shows_gender(det, lex):
        return _gender_of_determiner(det, noun, lex)
    if lex.has("roles.feminine", noun.low):
        return "Fem"
    if lex.has("roles.masculine", noun.low) or _is_elided_masculine(noun, det, lex):
        return "Masc"
    return "Fem" if lex.ends("suffixes.feminine", noun.low) else ""


def _shows_gender(det: Token, lex: Lexicon) -> bool:
    """Tell whether a determiner is of one gender: "la", "un", "son"."""
    keys = ("determiners.feminine", "determiners.masculine", "determiners.masculine_but_elided")
    return any(lex.has(key, det.low) for key in keys)


def _gender_of_determiner(det: Token, noun: Token, lex: Lexicon) -> str:
    """Return the gender that a determiner shows: none in "son avocate"."""
    if lex.has("determiners.masculine_but_elided", det.low):
        return "" if lex.has("forms.vowels", noun.text[:1]) else "Masc"
    return "Fem" if lex.has("determiners.feminine", det.low) else "Masc"


def _is_elided_masculine(noun: Token, det: Token | None, lex: Lexicon) -> bool:
    """Tell whether a noun behind "l'" is masculine by its ending: "l'élu"."""
    elided = det is not None and lex.has("determiners.elided", det.low)
    return elided and not lex.ends("suffixes.either", noun.low)


def owner_gender(possessive: str, lex: Lexicon) -> str:
    """Return the gender of the owner that a possessive shows: "his", "her"."""
    return "Masc" if lex.has("determiners.his", possessive) else "Fem" if lex.has("determiners.her", possessive) else ""
