"""The mentions of an article -> the people, bodies and places that it names, with their roles as printed."""

from __future__ import annotations

from collections.abc import Iterator

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
    tokens = [t for t in article.sentences[m.sentence].sentence.tokens if m.start <= t.start and t.end <= m.end]
    if tokens and tokens[0].pos == "DET":
        tokens = tokens[1:]
    role = _before_name(tokens, entity)
    if role and any(article.lex.has("roles.any", t.low) for t in role):
        yield " ".join(article.text[role[0].start : role[-1].end].split())


def _before_name(tokens: list[Token], entity: Entity) -> list[Token]:
    names = set(entity.parts)
    last = next((i for i, t in enumerate(tokens) if fold(t.low) in names), len(tokens))
    return tokens[:last]
