"""Organisations: the name that an article gives them in full, and what it calls them for short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.models import SpeakerKind
from index.quotations.people.entities import Entity, Mention
from index.quotations.people.name_forms import fullest_name
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase, phrase_at
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_run, text_of

_ARTICLE_AND_NOUN = 2  # tokens
_REACH = 2  # paragraphs


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
        head, lex = tokens[phrase.head], self.state.lex
        if head.capital or not lex.has("roles.media", head.low) or not lex.has("naming.traits", "noun_first"):
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
        lex, det = self.state.lex, tokens[first].low
        definite = lex.has("determiners.definite", det) or lex.has("determiners.definite_plural", det)
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
        """Return the name of the body that a noun stands for, the phrase itself when the article tells none."""
        if phrase.last - phrase.first > _ARTICLE_AND_NOUN and " " in text:
            return text
        given = self._in_full(noun, position.offset) or self.latest.get(noun)
        if given is not None:
            return given
        chosen = self.state.choose(self._called(noun), "", position)
        if chosen is not None:
            return chosen.name
        return (self._prevailing(position) or text) if self.state.lex.has("roles.firms", noun) else text

    def _called(self, noun: str) -> list[Entity]:
        """Return the bodies that the article calls by a noun, or for a firm by any noun of firms."""
        bodies = [e for e in self.state.entity_table.entities if e.kind != "person"]
        given = [e for e in bodies if noun in e.roles or noun in e.parts]
        if given or not self.state.lex.has("roles.firms", noun):
            return given
        return [e for e in bodies if e.roles & self.state.lex.words["roles.firms"]]

    def _prevailing(self, position: Position) -> str | None:
        """Return the body that the article speaks of most just before, the last of several."""
        before = self._mentioned_before(position)
        near = {m.entity.name for m in before if m.entity.kind == "body" and _is_near(m, position)}
        counts = Counter(m.entity.name for m in before if m.entity.kind == "body" or m.subject)
        names = [m.entity.name for m in reversed(before) if m.entity.name in near or counts[m.entity.name] > 1]
        return max(names, key=lambda name: counts[name], default=None)

    def _mentioned_before(self, position: Position) -> list[Mention]:
        """Return where bodies and places are named before a place."""
        before = [m for m in self.state.entity_table.mentions if m.offset < position.offset]
        return [m for m in before if m.entity.kind != "person"]


def _is_near(mention: Mention, position: Position) -> bool:
    """Tell whether a mention stands at most two paragraphs before a place."""
    return position.paragraph - mention.paragraph <= _REACH


def _body(name: str, entity: Entity | None, gender: str) -> Speaker:
    kind: SpeakerKind = "place" if entity is not None and entity.kind == "place" else "body"
    return Speaker(name, entity, gender, kind=kind)


def introduced_bodies(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[Introduced]:
    """Return the bodies that an article names in full, in order: a noun that tells what they are, and a name."""
    tokens = [(p.tokens, i) for p in paragraphs for i in range(1, len(p.tokens) - 2)]
    found = (_introduced_at(words, i, lex) for words, i in tokens if _may_introduce(words, i, lex))
    return [body for body in found if body is not None]


def _may_introduce(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a body's name may begin at a word: "la | cour d'appel", "the | Institute"."""
    t, det = tokens[i], tokens[i - 1]
    if t.quote >= 0 or det.quote >= 0 or not (t.capital or lex.has("roles.bodies", t.low)):
        return False
    return lex.has("determiners.definite", det.low) or lex.has("determiners.contracted", det.low)


def _introduced_at(tokens: Sequence[Token], i: int, lex: Lexicon) -> Introduced | None:
    """Return the body whose name begins at a word, when words that tell which one follow: "cour d'appel de Paris"."""
    phrase = phrase_at(tokens, i, len(tokens), lex)
    if phrase is None or not _tells_which(tokens, i, phrase, lex):
        return None
    return Introduced(tokens[i].start, tokens[i].low, text_of(tokens, i, phrase.last))


def _tells_which(tokens: Sequence[Token], i: int, phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a phrase goes on behind its noun to tell which body it is: "cour d'appel | de Paris"."""
    rest = tokens[i + 1 : phrase.last]
    if not rest or not any(t.capital for t in tokens[i : phrase.last]):
        return False
    linked = any(lex.has("joining.of", t.low) or lex.has("joining.for", t.low) for t in rest)
    return linked or (tokens[i].capital and lex.has("roles.bodies", tokens[i].low))
