"""The mentions of an article -> the people, bodies and places that it names, with their roles as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.languages.lexicon import Lexicon
from index.models import Person
from index.quotations.attribution.candidates import ArticleMentions, PlacedMention
from index.quotations.people.entities import Entity
from index.quotations.syntax.parser import Token
from index.typography import fold


def named_people(article: ArticleMentions) -> Iterator[Person]:
    """Yield everybody whom an article names, in the order of their first mention."""
    by_entity: dict[int, list[PlacedMention]] = {}
    entities: dict[int, Entity] = {}
    for n in range(len(article.sentences)):
        for m in article.in_sentence(n):
            if m.speaker.entity is not None and m.form != "pronoun":
                entities.setdefault(id(m.speaker.entity), m.speaker.entity)
                by_entity.setdefault(id(m.speaker.entity), []).append(m)
    for key, entity in entities.items():
        mentions = by_entity[key]
        roles = (role for m in mentions for role in _roles(article, m, entity)) if entity.kind == "person" else ()
        places = tuple((m.start, m.end) for m in mentions)
        yield Person(entity.name, entity.kind, entity.gender, tuple(dict.fromkeys(roles)), places)


def _roles(article: ArticleMentions, m: PlacedMention, entity: Entity) -> Iterator[str]:
    """Yield the role that a mention prints: "maire de Metz" of "la maire de Metz Jeanne Morel"."""
    tokens = article.sentences[m.sentence].sentence.tokens
    first = sum(t.start < m.start for t in tokens)
    first += any(t.pos == "DET" for t in tokens[first : first + 1])
    within = [t for t in tokens[first:] if t.end <= m.end]
    role = _printed_role(_before_name(within, entity), article.lex)
    at_place = role[:1] == within[:1] and _are_place(tokens[:first][-1:], role, article.lex)
    if role and not at_place:
        yield " ".join(article.text[role[0].start : role[-1].end].split())


def _before_name(tokens: list[Token], entity: Entity) -> list[Token]:
    names = set(entity.parts)
    last = next((i for i, t in enumerate(tokens) if fold(t.low) in names), len(tokens))
    return tokens[:last]


def _printed_role(tokens: Sequence[Token], lex: Lexicon) -> Sequence[Token]:
    """Return the words from the first phrase on that a role heads: "[release of] President", "maire de Metz".

    What a preposition leads on from is the role of whoever is named behind it: "la mère de Pascal"; what a dash or a
    bracket parts from a name is none.
    """
    if not tokens or tokens[-1].pos in ("ADP", "PUNCT"):
        return ()
    starts = [0, *(i + 1 for i, t in enumerate(tokens) if t.pos in ("ADP", "DET"))]
    ends = [*(i - 1 for i in starts[1:]), len(tokens)]
    at = next((at for at, start in enumerate(starts) if _is_role(tokens[start : ends[at]], lex)), None)
    if at is None:
        return ()
    return tokens[starts[_with_name(tokens, ends[:at], lex)] :]


def _with_name(tokens: Sequence[Token], ends: Sequence[int], lex: Lexicon) -> int:
    """Return the first of the phrases that a role belongs to by a name: "Department of Trade | official".

    Args:
        tokens: those before a name.
        ends: where the phrases before the role end.
        lex: the language's lexicon.
    """
    first = len(ends)
    while first and tokens[ends[first - 1] - 1].pos == "PROPN" and lex.has("naming.traits", "noun_last"):
        first -= 1
    return first


def _is_role(phrase: Sequence[Token], lex: Lexicon) -> bool:
    """Tell whether the noun that heads a phrase is a role: "tireur" of "tireur hongrois", not "choix polonais"."""
    nouns = [t for t in phrase if t.pos in ("NOUN", "PROPN")] or list(phrase)
    head = nouns[0 if lex.has("naming.traits", "noun_first") else -1] if nouns else None
    return head is not None and lex.has("roles.any", head.low)


def _are_place(before: Sequence[Token], role: Sequence[Token], lex: Lexicon) -> bool:
    """Tell whether words are a place that stands beside a name by chance: "en Argentine Emmanuel Macron a dit"."""
    bare = any(t.pos == "ADP" and not lex.has("determiners.contracted", t.low) for t in before)
    return bare and any(t.capital for t in role[:1]) and lex.has("naming.traits", "noun_first")
