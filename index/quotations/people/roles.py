"""What people are called beside their names: "la ministre X", "X, coach of Y", "X est maire" -> roles, genders."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.calendar import time_words
from index.languages.lexicon import Lexicon
from index.quotations.syntax.noun_phrases import phrase_at
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import is_role


def roles_beside(
    tokens: Sequence[Token], first: int, start: int, last: int, a: int, b: int, lex: Lexicon
) -> list[tuple[str, str]]:
    """Return role and gender of each role noun before a name, in apposition to it, or said of it ("X est maire")."""
    found = [_role(t, None, lex) for t in tokens[first:start] if lex.has("roles.any", t.low)]
    before = first - 1
    if before > a and tokens[before].pos == "DET" and tokens[before - 1].pos == "ADP":
        before -= 1
    if before >= a and tokens[before].pos == "ADP":
        before = a - 1  # "la mère de Pascal": the role is not his
    while (
        before >= a
        and tokens[before].quote < 0
        and tokens[before].pos in ("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM")
        and first - before < 9
    ):
        t = tokens[before]
        if lex.has("roles.speaking", t.low):
            det = tokens[before - 1] if before > a else None
            found.append(_role(t, det, lex))
            if lex.lang == "en" or (det is not None and det.pos == "DET"):
                break
        if t.pos == "ADP" and lex.lang == "en":
            break
        before -= 1
    if first - 1 >= a and tokens[first - 1].low == ",":
        found += _apposed_before(tokens, first - 1, a, lex)
    lead = tokens[a]
    opening = first - 1 > a and tokens[first - 1].low == "," and is_role(lead, lex) and lead.pos != "DET"
    if opening and not any(t.low == "," or (t.pos, t.form) == ("VERB", "Fin") for t in tokens[a : first - 1]):
        found.append(_role(lead, None, lex))  # "Océanographe depuis vingt ans, X publie ..."
    found += _apposed_after(tokens, last, b, lex)
    return found


def _apposed_before(tokens: Sequence[Token], comma: int, a: int, lex: Lexicon) -> list[tuple[str, str]]:
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
    if noun is None or lex.lang != "en" or noun.pos != "NOUN" or noun.number == "Plur" or noun.low in time_words():
        return []
    for j in range(max(a, comma - 8), comma - 1):
        clear = j == a or tokens[j - 1].low in (",", "and", "but", "while")
        opens = tokens[j].pos == "DET" or tokens[j].capital or lex.has("grammar.possessive", tokens[j].low)
        phrase = phrase_at(tokens, j, comma, lex) if clear and opens and tokens[j].quote < 0 else None
        if phrase is not None and phrase.last == comma and not lex.has("roles.bodies", noun.low):
            return [_role(noun, None, lex)]
    return []


def _apposed_after(tokens: Sequence[Token], last: int, b: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles said just after a name: "X, frère du directeur et conseiller,", "X est maire"."""
    if last + 1 >= b or tokens[last].low not in (",", "(", "est", "était", "is", "was", "devient", "became"):
        return []
    if lex.lang == "en" and tokens[last].low == "," and tokens[last + 1].text.isdigit():
        return [(f"{tokens[last + 1].text}-year-old", "")]
    phrase = phrase_at(tokens, last + 1, b, lex)
    if phrase is None or phrase.pronoun:
        return []
    after = tokens[phrase.last] if phrase.last < b else None
    aside = after is None or after.pos in ("PUNCT", "CCONJ", "ADP") or after.low in ("qui", "who", "dont")
    if tokens[last].low == "," and not aside:
        return []  # "Selon X, le maire a dit": another person
    known = lex.words["roles.speaking"]
    head = tokens[phrase.head]
    if head.low not in known and lex.lang == "fr" and tokens[phrase.first].low in known:
        head = tokens[phrase.first]
    if (
        head.capital
        and head.low not in known
        or head.low in time_words()
        or head.pos == "NUM"
        or head.text[0].isdigit()
    ):
        return []
    found = [_role(head, tokens[phrase.first], lex)]
    for j in range(phrase.head + 1, phrase.last):
        if tokens[j].pos == "ADP":
            break
        if tokens[j].pos in ("NOUN", "ADJ") and tokens[j].low in known:
            found.append(_role(tokens[j], tokens[phrase.first], lex))
    for j in range(phrase.last, min(phrase.last + 6, b - 1)):
        if tokens[j].low in (",", ".") or tokens[j].pos == "VERB":
            break
        if tokens[j].low in ("et", "and") and tokens[j + 1].pos == "NOUN":
            found.append(_role(tokens[j + 1], None, lex))
    return found


def _role(noun: Token, det: Token | None, lex: Lexicon) -> tuple[str, str]:
    return noun.low, role_gender(noun, det, lex)


def role_gender(noun: Token, det: Token | None, lex: Lexicon) -> str:
    """Return the gender that a role noun and its article show."""
    if lex.lang == "fr" and det is not None and det.low in ("la", "une", "cette", "sa", "le", "un", "ce", "cet", "son"):
        if det.low == "son":
            return "" if noun.text[:1].lower() in "aeiouéèêh" else "Masc"
        return "Fem" if det.low in ("la", "une", "cette", "sa") else "Masc"
    if noun.low in lex.words["roles.feminine"]:
        return "Fem"
    if noun.low in lex.words["roles.masculine"]:
        return "Masc"
    if lex.lang == "fr" and det is not None and det.low == "l'" and not noun.low.endswith("e"):
        return "Masc"
    if lex.lang == "fr" and noun.low.endswith(("trice", "euse", "ère", "ienne", "ée", "ante", "eure")):
        return "Fem"
    return ""
