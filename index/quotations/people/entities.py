"""The people and bodies that an article names, what it calls them, and where: paragraphs -> the table of entities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index.languages.lexicon import Lexicon
from index.quotations.people.kinds import Run, Signs, read_signs
from index.quotations.people.roles import roles_beside
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_run, strip_titles, text_of
from index.typography import fold

EntityKind = Literal["person", "body", "place"]
_PARTICIPLE = re.compile(r"(?:[éiu]|is|it)(?:e?s?)$")
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
    """A place where an entity is named: offset in the text, paragraph and sentence, whether as a subject, in full."""

    entity: Entity
    offset: int
    paragraph: int
    sentence: int
    subject: bool
    full: bool


@dataclass(slots=True)
class EntityTable:
    """All entities of an article, and their mentions in the order of the text."""

    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)

    def named(self, words: Sequence[str]) -> list[Entity]:
        """Return the entities that a name may stand for: by the same words, a surname, or a first name."""
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


def build_entity_table(paragraphs: Sequence[Paragraph], lex: Lexicon) -> EntityTable:
    """Read an article's names, the roles that stand beside them, and every mention of them."""
    entity_table = EntityTable()
    runs = list(_runs(paragraphs, lex))
    alone = frozenset(paragraphs[n].tokens[a].text for n, a, b in runs if b - a == 1)
    signs = read_signs(paragraphs, runs, lex)
    for full in (True, False):
        for number, first, last in runs:
            tokens = paragraphs[number].tokens
            start = strip_titles(tokens, first, last, lex)
            if (last - start > 1) == full:
                _enter(entity_table, tokens, first, start, last, lex, alone, signs)
    _complete_families(entity_table, paragraphs, lex)
    _complete_kin(entity_table, paragraphs, runs, lex)
    for number, first, last in runs:
        _record(entity_table, paragraphs[number], number, first, last, lex)
    for entity in entity_table.entities:
        if entity.kind == "person" and not entity.gender:
            entity.gender = signs.gender(entity.name)
    return entity_table


def _complete_families(entity_table: EntityTable, paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Give the first names that stand alone the surname of "the Pike sisters", "les sœurs Morel"."""
    pairs = [pair for p in paragraphs for pair in pairwise(p.tokens)]
    pairs = pairs if lex.lang == "en" else [(b, a) for a, b in pairs]
    families = {a.text for a, b in pairs if a.capital and lex.has("roles.families", b.low)}
    shared = {e.name.split()[-1] for e in entity_table.entities if e.kind == "person"} & families
    if len(shared) != 1:
        return
    for entity in entity_table.entities:
        if " " not in entity.name and entity.kind != "place" and lex.is_first_name(entity.name):
            entity.kind, entity.gender = "person", lex.gender_of(entity.name)
            entity.name = f"{entity.name} {next(iter(shared))}"


def _complete_kin(
    entity_table: EntityTable, paragraphs: Sequence[Paragraph], runs: Sequence[Run], lex: Lexicon
) -> None:
    """Give "her brother, Lars," the surname of the one named before, whose brother he is."""
    owner: Entity | None = None
    for number, first, last in runs:
        tokens = paragraphs[number].tokens
        known = entity_table.named(text_of(tokens, first, last).split())
        before = tokens[max(first - 7, 0) : first]
        owners = [i for i, t in enumerate(before) if lex.has("grammar.possessive", t.low)]
        owned = bool(owners) and any(lex.has("kin.blood", t.low) for t in before[owners[-1] :])
        owned = owned and not any(t.pos in ("VERB", "AUX") or t.quote >= 0 for t in before[owners[-1] :])
        if (
            owned
            and last - first == 1
            and owner is not None
            and " " in owner.name
            and lex.is_first_name(tokens[first].low)
        ):
            for entity in known:
                if " " not in entity.name:
                    entity.kind, entity.gender = "person", lex.gender_of(entity.name)
                    entity.name = f"{entity.name} {owner.name.split()[-1]}"
        elif len(known) == 1 and known[0].kind == "person":
            owner = known[0]


def _runs(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[tuple[int, int, int]]:
    runs = []
    inside = _capitals_inside(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        i = 0
        while i < len(paragraph.tokens):
            end = name_run(paragraph.tokens, i, len(paragraph.tokens), lex)
            if end > i and not (end == i + 1 and _only_begins_sentence(paragraph, i, inside, lex)):
                runs.append((number, i, end))
            i = max(end, i + 1)
    return runs


def _capitals_inside(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the capitalised words that stand within sentences, where the capital is their own."""
    return frozenset(
        t.text
        for paragraph in paragraphs
        for first, last in paragraph.sentences
        for t in paragraph.tokens[first + 1 : last]
        if t.capital and t.quote < 0
    )


def _only_begins_sentence(paragraph: Paragraph, i: int, inside: frozenset[str], lex: Lexicon) -> bool:
    """Tell whether a capital is only the sentence's: "Facteur l'hiver, il ...", "Attablé, X ..."."""
    t = paragraph.tokens[i]
    if not any(first == i for first, _ in paragraph.sentences):
        return False
    if t.pos == "NUM" or (t.pos != "PROPN" and not t.ent):
        return True
    common = lex.has("roles.speaking", t.low) or t.pos in ("VERB", "ADV", "ADP") or _is_participle(paragraph, i, lex)
    return common and t.text not in inside and not lex.is_first_name(t.text)


def _is_participle(paragraph: Paragraph, i: int, lex: Lexicon) -> bool:
    """Tell whether a French word that opens a sentence is a participle, taken for a name: "Assis sur", "Contacté, "."""
    t, after = paragraph.tokens[i], paragraph.tokens[i + 1 : i + 2]
    leads = bool(after) and (after[0].pos == "ADP" or after[0].low == ",")
    return lex.lang == "fr" and leads and not t.ent and bool(_PARTICIPLE.search(t.low))


def _enter(
    entity_table: EntityTable,
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
    known = entity_table.named(words)
    single = last - start == 1
    if single and known:
        _note_title(known[0], start > first, _gender(tokens, first, start, name, lex))
        return
    if single and _shares_surname(tokens, last, lex):
        name = f"{name} {tokens[last + 2].text}"  # "the twins Nora and Vera Pike"
        entity_table.entities.append(Entity(name, "person", lex.gender_of(words[0])))
        return
    kind = _kind(tokens, first, start, last, lex, alone, signs)
    if any(e.parts == _folded(name) or _is_longer(e, kind, last - start) for e in known):
        return
    entity_table.entities.append(
        Entity(name, kind, _gender(tokens, first, start, name, lex) if kind == "person" else "")
    )


def _is_longer(known: Entity, kind: EntityKind, length: int) -> bool:
    """Tell whether a person is known by a name of at least as many words."""
    return kind == known.kind == "person" and 1 < length <= len(known.parts)


def _note_title(entity: Entity, titled: bool, gender: str) -> None:
    """Make a person of a surname that a headline printed alone: "Okafor on Rain", then "Mr. Okafor"."""
    if titled and entity.kind != "person":
        entity.kind, entity.gender = "person", gender


def _shares_surname(tokens: Sequence[Token], last: int, lex: Lexicon) -> bool:
    """Tell whether a first name is joined to a full name whose surname it shares."""
    after = tokens[last : last + 3]
    joined = len(after) == 3 and after[0].low in ("et", "and", "&")
    return (
        joined
        and lex.is_first_name(tokens[last - 1].text)
        and lex.is_first_name(after[1].text)
        and after[2].capital
        and after[2].pos in ("PROPN", "NOUN", "X")
        and all(t.quote < 0 for t in tokens[last - 1 : last + 3])
    )


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
        first: where the run of capitals begins.
        start: where the name itself does, titles left out.
        last: one past its last word.
        lex: the language's lexicon.
        alone: names that the article also prints as one word ("Hask"), as it does with surnames.
        signs: what the article lets slip about its names.
    """
    before = tokens[first - 1] if first > 0 else None
    if first < start or (before is not None and lex.has("names.titles", before.text)):
        return "person"
    if any(lex.has("roles.bodies", t.low) for t in tokens[start:last]) or _is_outlet(tokens, start, last, lex):
        return "body"
    if _is_dateline(tokens, start, last) or (tokens[first].text in ("St", "St.") and last - first == 2):
        return "place"
    if last - start > 1 and lex.is_first_name(tokens[start].text):
        return "person"
    if lex.lang == "fr" and last - start == 1 and tokens[start].text.isupper() and 1 < len(tokens[start].text) < 6:
        return "body"  # "le président LR de la région"
    if lex.has("names.things", tokens[last - 1].low):
        return "place"
    trade = before is not None and before.quote < 0 and lex.has("roles.any", before.low)
    if trade and before is not None and (before.capital or not lex.has("names.peoples", before.low)):
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
    if last - start == 2 and top not in ("ORG", "MISC") and _is_bare_subject(tokens, first, lex):
        return "person"
    unclear = top not in _PLACE and (lex.lang == "en" or not top)
    if last - start in (2, 3) and tokens[last - 1].text in alone and unclear:
        return "person"
    return "place" if top in _PLACE else "body"


def _is_outlet(tokens: Sequence[Token], start: int, last: int, lex: Lexicon) -> bool:
    """Tell whether a name is an outlet's: "the Calder Springs Ledger", "le mensuel Champs libres"."""
    kind = tokens[start - 1].low if start else ""
    announced = lex.has("roles.media", kind) and not tokens[start - 1].capital
    named = last - start > 1 and lex.has("roles.media", tokens[last - 1].low)
    return announced or (named and not lex.is_first_name(tokens[start].text))


def _is_dateline(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Tell whether a name opens a paragraph as the place that it was sent from: "CALDER SPRINGS - A former …"."""
    capitals = all(t.text.isupper() for t in tokens[start:last])
    after = [t.low for t in tokens[last : last + 3]]
    if start == 0 and after[:2] == [",", "le"] and after[2:] and after[2][:1].isdigit():
        return True  # "Lyon, le 22 mars"
    return start == 0 and capitals and last < len(tokens) and tokens[last].low in ("-", "–", "—", "(", ",")


def _is_bare_subject(tokens: Sequence[Token], first: int, lex: Lexicon) -> bool:
    """Tell whether a name stands as a subject without an article, as French people do and places do not."""
    bare = first == 0 or tokens[first - 1].pos in ("PUNCT", "CCONJ", "QUOTE")
    return lex.lang == "fr" and bare and tokens[first].dep.startswith("nsubj")


def _gender(tokens: Sequence[Token], first: int, start: int, name: str, lex: Lexicon) -> str:
    """Return the gender that a title shows, else the first name of a full name (a surname may be "Martin")."""
    for t in tokens[max(first - 1, 0) : start]:
        if lex.has("names.feminine_titles", t.text):
            return "Fem"
        if lex.has("names.masculine_titles", t.text):
            return "Masc"
    words = name.split()
    return lex.gender_of(words[0]) if len(words) > 1 else ""


def _record(entity_table: EntityTable, paragraph: Paragraph, number: int, first: int, last: int, lex: Lexicon) -> None:
    tokens = paragraph.tokens
    start = strip_titles(tokens, first, last, lex)
    known = entity_table.named(text_of(tokens, start, last).split())
    if not known:
        return
    sentence = next((n for n, (a, b) in enumerate(paragraph.sentences) if a <= first < b), 0)
    a, b = paragraph.sentences[sentence]
    entity = known[0] if len(known) == 1 else _latest(entity_table, known)
    noted = roles_beside(tokens, first, start, last, a, b, lex)
    entity = next((e for e in known if e.roles & {role for role, _ in noted}), entity)
    if entity.kind == "person" or noted:
        for role, gender in noted:
            if entity.kind != "person" and role not in lex.words["roles.bodies"] and last - start not in (2, 3):
                continue
            entity.roles.add(role)
            if entity.kind != "person" and lex.has("roles.any", role) and last - start in (2, 3):
                entity.kind = "person"
            if entity.kind == "place" and role in lex.words["roles.bodies"] and tokens[last : last + 1]:
                entity.kind = "body" if tokens[last].low == "," else entity.kind
            if entity.kind == "person" and not entity.gender:
                entity.gender = gender
    if entity.kind == "person" and not entity.gender:
        entity.gender = _gender(tokens, first, start, entity.name, lex)
    _note_kin(entity_table, tokens, first, a, lex)
    _note_acronym(entity_table, tokens, first, last)
    subject = any(t.dep.startswith("nsubj") for t in tokens[first:last]) or first == a
    entity_table.mentions.append(Mention(entity, tokens[first].start, number, sentence, subject, last - start > 1))


def _note_kin(entity_table: EntityTable, tokens: Sequence[Token], first: int, a: int, lex: Lexicon) -> None:
    """Make X the father in "X et sa fille Y", or the mother."""
    if first - 3 < a or tokens[first - 2].low not in ("sa", "son") or not entity_table.mentions:
        return
    inverse = lex.words.get("kin." + tokens[first - 1].low)
    owner = entity_table.mentions[-1].entity
    if inverse and owner.kind == "person" and entity_table.mentions[-1].offset >= tokens[a].start:
        owner.roles |= {word for word in inverse if owner.gender != _kin_gender(word)}


def _kin_gender(word: str) -> str:
    """Return the gender that a word of kinship excludes."""
    return "Masc" if word in ("mère", "sœur", "fille", "femme", "épouse") else "Fem"


def _latest(entity_table: EntityTable, known: list[Entity]) -> Entity:
    return next((m.entity for m in reversed(entity_table.mentions) if m.entity in known), known[0])


def _note_acronym(entity_table: EntityTable, tokens: Sequence[Token], first: int, last: int) -> None:
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
            entity_table.acronyms[tokens[first].text] = text_of(tokens, begin, first - 1)
