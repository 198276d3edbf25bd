"""The people and bodies that an article names, what it calls them, and where: the paragraphs -> the cast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from index.quotations.cues import Lexicon
from index.quotations.parse import Paragraph, Token
from index.quotations.phrases import DATES, Phrase, is_nominal, phrase_at
from index.quotations.signs import Signs, read_signs
from index.typography import fold

EntityKind = Literal["person", "body", "place"]
_PREFIXED = re.compile(r"(?:al|el|ben|bin|d|l)[-'][A-ZÀ-Þ]")  # "al-Abadi", "d'Ornano"
_PERSON, _PLACE = ("PER", "PERSON"), ("LOC", "GPE", "NORP", "FAC")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that can speak.

    Attributes:
        name: the longest form of its name in the article.
        gender: "Masc", "Fem" or "" when nothing tells.
        roles: nouns that the article gives it ("ministre", "coach"), in lower case.
    """

    name: str
    kind: EntityKind
    gender: str = ""
    roles: set[str] = field(default_factory=set)

    @property
    def parts(self) -> list[str]:
        """The name's words, folded."""
        return _folded(self.name)


@lru_cache(maxsize=4096)
def _folded(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entity is named: offset in the text, paragraph and sentence, whether as a subject."""

    entity: Entity
    offset: int
    paragraph: int
    sentence: int
    subject: bool


@dataclass(slots=True)
class Cast:
    """All entities of an article, and their mentions in the order of the text."""

    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)

    def named(self, words: Sequence[str]) -> list[Entity]:
        """Return the entities that a (part of a) name may stand for: same words, or a surname, or a first name."""
        want = _folded(" ".join(words))
        if not want:
            return []
        exact = [e for e in self.entities if e.parts == want]
        if exact:
            return exact
        tail = [e for e in self.entities if e.parts[-len(want) :] == want]
        if tail:
            return tail
        return [e for e in self.entities if e.kind == "person" and set(want) <= set(e.parts)]


def name_run(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the end of the proper name that begins at i (i itself when none does)."""
    if not _in_name(tokens[i]) or tokens[i].low in DATES:
        return i
    joined = stop > 1 and bool(tokens[0].ent) and tokens[0].ent == tokens[1].ent
    if (
        i == 0
        and not joined
        and tokens[0].pos in ("NOUN", "ADJ")
        and not tokens[0].text.isupper()
        and stop > 1
        and tokens[1].low != "-"
    ):
        return i  # "Affaire Troadec": the capital is the sentence's
    j = i + 1
    while j < stop:
        t = tokens[j]
        if (
            t.ent in ("ORG", "MISC")
            and t.ent == tokens[i].ent
            and t.quote < 0
            and _ends_body(tokens, j, stop)
        ) or (
            _in_name(t)
            and t.low not in DATES
            and t.low not in ("'s",)
            or lex.has("grammar.particles", t.low)
            and _particle_goes_on(tokens, j, stop, lex)
        ):
            j += 1
        else:
            break
    if lex.has("names.ranks", tokens[i].low) and lex.lang == "fr":
        return i
    if all(is_role(t, lex) or lex.has("names.titles", t.text) for t in tokens[i:j]):
        return i  # "the Mayor", "le Premier ministre": a role, not a name
    return j


def _ends_body(tokens: Sequence[Token], j: int, stop: int) -> bool:
    """Tell whether a word goes on with a body's name: "Union des cheminots valsonnais", "Stade tarvellois"."""
    if tokens[j].pos in ("NOUN", "PROPN", "ADJ"):
        return True
    if tokens[j].ent == "MISC" and tokens[j].pos == "VERB" and tokens[j].form == "Part":
        return True  # "Le Canard enchaîné"
    return (
        j + 1 < stop
        and tokens[j].pos in ("ADP", "DET")
        and tokens[j + 1].ent == "ORG"
        and tokens[j + 1].pos != "PUNCT"
    )


def _particle_goes_on(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a particle ("de", "van", "el-") links two capitals of one person's name."""
    k = j + 1
    while k < stop and k < j + 2 and lex.has("grammar.particles", tokens[k].low) and not tokens[k].capital:
        k += 1
    return (
        k < stop
        and _in_name(tokens[k])
        and tokens[j - 1].ent in (*_PERSON, "")
        and tokens[k].ent in (*_PERSON, "")
        and tokens[k].ent == tokens[j - 1].ent
        and tokens[j].ent == tokens[k].ent
    )


def _in_name(t: Token) -> bool:
    if t.quote >= 0 or not (t.capital or _PREFIXED.match(t.text)):
        return False
    return t.pos in ("PROPN", "NOUN", "X", "ADJ") or bool(
        t.ent and t.pos not in ("DET", "ADP", "PRON", "PUNCT")
    )


def is_role(token: Token, lex: Lexicon) -> bool:
    """Tell whether a word names what somebody is ("minister", "ex-treasurer") or their rank ("prime")."""
    low = token.low.removeprefix("ex-")
    return low in lex.words["roles.any"] or low in lex.words["names.ranks"]


def strip_titles(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int:
    """Return where the name itself begins, titles and capitalised role nouns left out."""
    while first < last - 1 and (
        lex.has("names.titles", tokens[first].text)
        or (lex.has("roles.any", tokens[first].low) and tokens[first].low not in lex.feminine | lex.masculine)
    ):
        first += 1
    known = lex.feminine | lex.masculine
    if tokens[first].low.split("-")[0] not in known:
        for i in range(first + 1, last - 1):
            if tokens[i].low.split("-")[0] in known:
                return i  # "le Français Pierre Moscovici", "la CGT Philippe Martinez"
    return first


def build_cast(paragraphs: Sequence[Paragraph], lex: Lexicon) -> Cast:
    """Read an article's names, the roles that stand beside them, and every mention of them."""
    cast = Cast()
    runs = list(_runs(paragraphs, lex))
    alone = frozenset(paragraphs[n].tokens[a].text for n, a, b in runs if b - a == 1)
    signs = read_signs(paragraphs, runs, lex)
    for full in (True, False):
        for number, first, last in runs:
            tokens = paragraphs[number].tokens
            start = strip_titles(tokens, first, last, lex)
            if (last - start > 1) == full:
                _enter(cast, tokens, first, start, last, lex, alone, signs)
    for number, first, last in runs:
        _record(cast, paragraphs[number], number, first, last, lex)
    for entity in cast.entities:
        if entity.kind == "person" and not entity.gender:
            entity.gender = signs.gender(entity.name)
    return cast


def _runs(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[tuple[int, int, int]]:
    runs = []
    for number, paragraph in enumerate(paragraphs):
        i = 0
        while i < len(paragraph.tokens):
            end = name_run(paragraph.tokens, i, len(paragraph.tokens), lex)
            if end > i and not (end == i + 1 and _only_begins_sentence(paragraph, i)):
                runs.append((number, i, end))
            i = max(end, i + 1)
    return runs


def _only_begins_sentence(paragraph: Paragraph, i: int) -> bool:
    t = paragraph.tokens[i]
    begins = any(first == i for first, _ in paragraph.sentences)
    return begins and t.pos != "PROPN" and not t.ent


def _enter(
    cast: Cast,
    tokens: Sequence[Token],
    first: int,
    start: int,
    last: int,
    lex: Lexicon,
    alone: frozenset[str],
    signs: Signs,
) -> None:
    name = text_of(tokens, start, last)
    words = name.split()
    known = cast.named(words)
    if any(e.parts == fold(name).replace("-", " ").split() for e in known) or (last - start == 1 and known):
        return
    kind = _kind(tokens, first, start, last, lex, alone, signs)
    if kind == "person" and last - start > 1:
        longer = [e for e in known if e.kind == "person" and len(e.parts) >= last - start]
        if longer:
            return
    cast.entities.append(Entity(name, kind, _gender(tokens, first, start, lex) if kind == "person" else ""))


def _kind(
    tokens: Sequence[Token],
    first: int,
    start: int,
    last: int,
    lex: Lexicon,
    alone: frozenset[str],
    signs: Signs,
) -> EntityKind:
    """Tell a person from a body or a place, by title, trade, first name, the parser's entities and later use.

    Args:
        tokens: those of the paragraph.
        first: where the run of capitals begins; ``start``: where the name does, titles left out; ``last``: its end.
        lex: the language's lexicon.
        alone: names that the article also prints as one word ("Hask"), as it does with surnames.
    """
    lead = tokens[start].low.split("-")[0]
    before = tokens[first - 1] if first > 0 else None
    if first < start or (before is not None and lex.has("names.titles", before.text)):
        return "person"
    if any(lex.has("roles.bodies", t.low) for t in tokens[start:last]):
        return "body"
    if last - start > 1 and lead in lex.feminine | lex.masculine:
        return "person"
    if before is not None and before.quote < 0 and lex.has("roles.any", before.low):
        return "person"
    if last < len(tokens) - 1 and tokens[last].low == "," and tokens[last + 1].low in ("who", "which"):
        return "person" if tokens[last + 1].low == "who" else "body"
    kinds = Counter(t.ent for t in tokens[start:last] if t.ent)
    top = max(kinds, key=lambda k: kinds[k]) if kinds else ""
    personal = signs.personal[tokens[last - 1].low]
    if last - start in (2, 3) and personal:
        return "person" if personal > 0 else "place" if top in _PLACE else "body"
    if top in _PERSON:
        return "person"
    unclear = top not in _PLACE and (lex.lang == "en" or not top)
    if last - start in (2, 3) and tokens[last - 1].text in alone and unclear:
        return "person"
    return "place" if top in _PLACE else "body"


def _gender(tokens: Sequence[Token], first: int, start: int, lex: Lexicon) -> str:
    lead = tokens[start].low.split("-")[0]
    if lead in lex.feminine:
        return "Fem"
    if lead in lex.masculine:
        return "Masc"
    for t in tokens[max(first - 1, 0) : start]:
        if lex.has("names.feminine_titles", t.text):
            return "Fem"
        if lex.has("names.masculine_titles", t.text):
            return "Masc"
    return ""


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """Return tokens as they are printed, one space where the text has any blank."""
    parts = []
    for i in range(first, last):
        parts.append(tokens[i].text)
        if i + 1 < last and tokens[i + 1].start > tokens[i].end:
            parts.append(" ")
    return "".join(parts)


def _record(cast: Cast, paragraph: Paragraph, number: int, first: int, last: int, lex: Lexicon) -> None:
    tokens = paragraph.tokens
    start = strip_titles(tokens, first, last, lex)
    known = cast.named(text_of(tokens, start, last).split())
    if not known:
        return
    sentence = next((n for n, (a, b) in enumerate(paragraph.sentences) if a <= first < b), 0)
    a, b = paragraph.sentences[sentence]
    entity = known[0] if len(known) == 1 else _latest(cast, known)
    noted = _roles_beside(tokens, first, start, last, a, b, lex)
    if entity.kind == "person" or noted:
        for role, gender in noted:
            if (
                entity.kind != "person"
                and role not in lex.words["roles.bodies"]
                and last - start not in (2, 3)
            ):
                continue
            entity.roles.add(role)
            if entity.kind != "person" and lex.has("roles.any", role) and last - start in (2, 3):
                entity.kind = "person"
            if entity.kind == "person" and not entity.gender:
                entity.gender = gender
    if entity.kind == "person" and not entity.gender:
        entity.gender = _gender(tokens, first, start, lex)
    _note_acronym(cast, tokens, first, last)
    subject = any(t.dep.startswith("nsubj") for t in tokens[first:last]) or first == a
    cast.mentions.append(Mention(entity, tokens[first].start, number, sentence, subject))


def _latest(cast: Cast, known: list[Entity]) -> Entity:
    return next((m.entity for m in reversed(cast.mentions) if m.entity in known), known[0])


def _note_acronym(cast: Cast, tokens: Sequence[Token], first: int, last: int) -> None:
    if last - first == 1 and tokens[first].text.isupper() and first > 1 and tokens[first - 1].low == "(":
        begin = first - 2
        while begin > 0 and (
            tokens[begin - 1].quote < 0
            and tokens[begin].pos not in ("PUNCT", "VERB", "AUX")
            and tokens[begin].text[0].lower() != ""
        ):
            if tokens[begin].capital and tokens[begin].text[0] == tokens[first].text[0]:
                break
            begin -= 1
        if tokens[begin].capital and tokens[begin].text[0] == tokens[first].text[0] and first - 1 - begin > 1:
            cast.acronyms[tokens[first].text] = text_of(tokens, begin, first - 1)


def _roles_beside(
    tokens: Sequence[Token], first: int, start: int, last: int, a: int, b: int, lex: Lexicon
) -> list[tuple[str, str]]:
    """Return (role, gender) for the role nouns before a name, in apposition to it, or said of it ("X est maire")."""
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
        if t.low in lex.words["roles.any"] | lex.words["roles.bodies"]:
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
    if first - 1 > a and tokens[first - 1].low == "," and is_role(lead, lex) and lead.pos != "DET":
        if not any(t.low == "," or t.pos == "VERB" and t.form == "Fin" for t in tokens[a : first - 1]):
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
    return []


def _apposed_after(tokens: Sequence[Token], last: int, b: int, lex: Lexicon) -> list[tuple[str, str]]:
    """Return the roles said just after a name: "X, frère du directeur et conseiller,", "X est maire"."""
    if last + 1 >= b or tokens[last].low not in (",", "(", "est", "était", "is", "was", "devient", "became"):
        return []
    phrase = phrase_at(tokens, last + 1, b, lex)
    if phrase is None or phrase.pronoun:
        return []
    after = tokens[phrase.last] if phrase.last < b else None
    aside = after is None or after.pos in ("PUNCT", "CCONJ", "ADP") or after.low in ("qui", "who", "dont")
    if tokens[last].low == "," and not aside:
        return []  # "Selon X, le maire a dit": another person
    known = lex.words["roles.any"] | lex.words["roles.bodies"]
    head = tokens[phrase.head]
    if head.low not in known and lex.lang == "fr" and tokens[phrase.first].low in known:
        head = tokens[phrase.first]
    if (
        head.capital
        and head.low not in known
        or head.low in DATES
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
    if (
        lex.lang == "fr"
        and det is not None
        and det.low in ("la", "une", "cette", "sa", "le", "un", "ce", "cet", "son")
    ):
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


def name_in(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> tuple[int, int] | None:
    """Return the proper name within a phrase: the first run of capitals that no "de" or possessor holds."""
    i = phrase.first
    while i < phrase.last:
        end = name_run(tokens, i, phrase.last, lex)
        if end > i:
            return i, end
        i += 1
        if i < phrase.last and tokens[i].low in ("de", "du", "des", "d'", "of", "for", "at", "from"):
            return None
    return None


def is_name(token: Token) -> bool:
    """Tell whether a token looks like (part of) a proper name."""
    return token.capital and is_nominal(token)
