"""Organisations: the name that an article gives them in full, and what it calls them for short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.models import SpeakerKind
from index.quotations.people.entities import Entity
from index.quotations.people.name_forms import fullest_name
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase, phrase_at
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_run, text_of


@dataclass(frozen=True, slots=True)
class Introduced:
    """A body's name in full ("cour d'appel de Paris"), the noun that it begins with, and where it stands."""

    offset: int
    noun: str
    name: str


@dataclass(slots=True)
class Organisations:
    """Names the organisations of one article, in the order of its text."""

    state: DiscourseState
    latest: dict[str, str] = field(default_factory=dict)
    introduced: Sequence[Introduced] = ()

    def apposed(self, tokens: Sequence[Token], phrase: Phrase) -> Speaker | None:
        """Return the body named just after its kind: "the local club, Hollinford Athletic," posted."""
        end = name_run(tokens, phrase.last + 1, len(tokens), self.state.lex)
        closed = end < len(tokens) and tokens[end].low in (",", ".")
        if (
            end == phrase.last + 1
            or not closed
            or not any(self.state.lex.has("roles.bodies", t.low) for t in tokens[phrase.first : phrase.last])
        ):
            return None
        name = text_of(tokens, phrase.last + 1, end)
        known = self.state.entity_table.named(name.split())
        return Speaker(known[0].name if len(known) == 1 else name, known[0] if known else None, kind="body")

    def named(self, tokens: Sequence[Token], phrase: Phrase, entities: Sequence[Entity]) -> Speaker:
        """Return the body that a phrase with a proper name in it stands for."""
        text = self._outlet(tokens, phrase) or self.without_article(tokens, phrase)
        longer = [e.name for e in entities if len(e.name) > len(text)]
        if longer and len(entities) == 1:
            text = longer[0]
        if " " not in text:
            text = self._in_full(text.lower(), tokens[phrase.first].start) or text
        text = fullest_name(text, self.state.entity_table, self.state.lex)
        self._remember(tokens, phrase, text)
        return _body(text, entities[0] if entities else None, tokens[phrase.head].gender)

    def _in_full(self, noun: str, offset: int) -> str | None:
        """Return the name in full of what a noun stands for, when the article gave it before."""
        given = [body for body in self.introduced if body.noun == noun and body.offset < offset]
        return given[-1].name if given else None

    def _outlet(self, tokens: Sequence[Token], phrase: Phrase) -> str | None:
        """Return the name alone of "le site d'information Axios", "la chaîne NHK"."""
        kind = tokens[phrase.head].low
        if self.state.lex.lang != "fr" or tokens[phrase.head].capital or not self.state.lex.has("roles.media", kind):
            return None
        for i in range(phrase.head + 1, phrase.last):
            end = name_run(tokens, i, phrase.last, self.state.lex)
            if end == phrase.last and tokens[i - 1].pos in ("NOUN", "ADJ"):
                return text_of(tokens, i, end)
        return None

    def _remember(self, tokens: Sequence[Token], phrase: Phrase, text: str) -> None:
        for t in tokens[phrase.first : phrase.last]:
            if self.state.lex.has("roles.bodies", t.low):
                known = self.latest.get(t.low, "")
                self.latest[t.low] = known if known.lower().startswith(f"{text.lower()} ") else text
                return

    def without_article(self, tokens: Sequence[Token], phrase: Phrase) -> str:
        """Return a phrase as it is printed, its definite article left out unless a name begins with it."""
        first = phrase.first
        definite = tokens[first].low in ("le", "la", "l'", "les", "the")
        own = tokens[first].capital and first > 0 and tokens[first - 1].low not in (".", "!", "?", "-", ":")
        if definite and phrase.last - first > 1 and not own:  # "La Vigie" keeps its article
            first += 1
        return text_of(tokens, first, phrase.last)

    def described(self, tokens: Sequence[Token], phrase: Phrase, noun: str, position: Position) -> str:
        """Return the name of the body that "the company", "la cour d'appel" stands for."""
        text = self.without_article(tokens, phrase)
        text = self._outlet(tokens, phrase) or self._known(phrase, noun, text, position)
        self._remember(tokens, phrase, text)
        return text

    def _known(self, phrase: Phrase, noun: str, text: str, position: Position) -> str:
        if phrase.last - phrase.first > 2 and len(text.split()) > 1:
            return text
        full = self._in_full(noun, position.offset)
        if full is not None:
            return full
        if noun in self.latest:
            return self.latest[noun]
        given = [
            e for e in self.state.entity_table.entities if e.kind != "person" and (noun in e.roles or noun in e.parts)
        ]
        if not given and self.state.lex.has("roles.firms", noun):
            firms = self.state.lex.words["roles.firms"]
            given = [e for e in self.state.entity_table.entities if e.kind != "person" and e.roles & firms]
        chosen = self.state.choose(given, "", position)
        if chosen is not None:
            return chosen.name
        return (self._prevailing(position) or text) if self.state.lex.has("roles.firms", noun) else text

    def _prevailing(self, position: Position) -> str | None:
        """Return the body that the article speaks of most just before, the last of several."""
        before = [
            m for m in self.state.entity_table.mentions if m.offset < position.offset and m.entity.kind != "person"
        ]
        near = {m.entity.name for m in before if m.entity.kind == "body" and position.paragraph - m.paragraph <= 2}
        counts = Counter(m.entity.name for m in before if m.entity.kind == "body" or m.subject)
        names = [m.entity.name for m in reversed(before) if m.entity.name in near or counts[m.entity.name] > 1]
        return max(names, key=lambda name: counts[name], default=None)


def _body(name: str, entity: Entity | None, gender: str) -> Speaker:
    kind: SpeakerKind = "place" if entity is not None and entity.kind == "place" else "body"
    return Speaker(name, entity, gender, kind=kind)


def introduced_bodies(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[Introduced]:
    """Return the bodies that an article names in full, in order: a noun that tells what they are, and a name."""
    found = []
    for paragraph in paragraphs:
        tokens = paragraph.tokens
        for i in range(1, len(tokens) - 2):
            t = tokens[i]
            definite = tokens[i - 1].quote < 0 and tokens[i - 1].low in ("le", "la", "l'", "du", "au", "the")
            if not definite or t.quote >= 0 or not (lex.has("roles.bodies", t.low) or t.capital):
                continue
            phrase = phrase_at(tokens, i, len(tokens), lex)
            rest = tokens[i + 1 : phrase.last] if phrase is not None else []
            linked = any(x.low in ("de", "d'", "du", "des", "of", "for") for x in rest)
            linked = linked or (bool(rest) and t.capital and lex.has("roles.bodies", t.low))
            if phrase is not None and linked and (t.capital or any(x.capital for x in rest)):
                found.append(Introduced(t.start, t.low, text_of(tokens, i, phrase.last)))
    return found
