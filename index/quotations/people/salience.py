"""Who is salient just before a place of the article: whom a pronoun or "ce dernier" means, who spoke last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.speaker import Position, SalientMention, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of

_REACH = 6  # sentences that a pronoun looks back
_REACH_OF_SEVERAL, _REACH_OF_BODIES = 3, 2
_TWO = 2
_OFTEN = 4  # sentences about somebody after which one more changes nothing
_BODY_PARAGRAPHS = 2  # that a singular pronoun may stand for a body over


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a pronoun or a description looks for.

    Attributes:
        gender: "Masc", "Fem" or "" for either.
        position: where it stands.
        same_paragraph: whether only those of its paragraph and the one before may be meant.
        organisations: whether it may be a body.
        silent: who is not meant.
    """

    gender: str
    position: Position
    same_paragraph: bool
    organisations: bool
    silent: Speaker | None


@dataclass(slots=True)
class DiscourseState:
    """Everybody whom an article has mentioned so far, in the order of its text.

    Attributes:
        starts: where each sentence of the article begins.
    """

    entity_table: EntityTable
    lex: Lexicon
    starts: list[int]
    salient: list[SalientMention] = field(default_factory=list)

    def note(self, speaker: Speaker | None, position: Position, weight: float, spoke: bool = False) -> None:
        """Remember that somebody was mentioned; weight is 1 for a speaker or a subject, less for others."""
        if speaker is not None:
            self.salient.append(SalientMention(speaker, position, weight, spoke))

    def choose(self, entities: Sequence[Entity], gender: str, position: Position) -> Entity | None:
        """Return the one of several namesakes whom the article names in full most, else who was mentioned last."""
        fit = [e for e in entities if not gender or e.gender in ("", gender)] or list(entities)
        if len(fit) < _TWO:
            return fit[0] if fit else None
        return self._prevailing(fit) or self._mentioned_last(fit, position)

    def tells_apart(self, entities: Sequence[Entity], position: Position) -> bool:
        """Tell whether an article has named several namesakes again and again before a place, none far oftener."""
        if len(entities) < _TWO:
            return False
        before = [m.entity for m in self.entity_table.mentions if m.offset < position.offset and m.full]
        before += [s.speaker.entity for s in self.salient if s.speaker.entity is not None]
        counts = sorted(before.count(e) for e in entities)
        often = counts[0] >= _TWO
        return often and (self._prevailing(entities) is None or counts[-1] < _TWO * counts[0])

    def _mentioned_last(self, fit: Sequence[Entity], position: Position) -> Entity:
        mentioned: list[tuple[int, Entity | None]] = [
            (m.offset, m.entity) for m in self.entity_table.mentions if m.offset < position.offset and m.entity in fit
        ]
        mentioned += [(s.position.offset, s.speaker.entity) for s in self.salient if s.speaker.entity in fit]
        return (max(mentioned, key=lambda pair: pair[0])[1] if mentioned else None) or fit[0]

    def _prevailing(self, entities: Sequence[Entity]) -> Entity | None:
        """Return the one of several persons whom an article names in full at least twice as often as any other."""
        counts = [(sum(m.full for m in self.entity_table.mentions if m.entity is e), e) for e in entities]
        (most, top), (second, _), *_others = sorted(counts, key=lambda pair: pair[0], reverse=True)
        return top if most > 1 and most >= 2 * second else None

    def latter(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person named last ("ce dernier"); for "l'intéressé", the last who was not speaking."""
        low = text_of(tokens, phrase.first, phrase.last).lower()
        gender = self._gender_of_latter(low)
        concerned = self.lex.has("pronouns.concerned", low)
        silent = self.last_speaker() if concerned else None
        if concerned and silent is None:
            return self.candidates(gender, position)  # nobody has spoken yet: whom the article is about
        body = self._body_just_named(gender, position) if silent is None else None
        return body or self._last_person(gender, position, silent)

    def _gender_of_latter(self, low: str) -> str:
        """Return the gender that "cette dernière", "celui-ci" shows."""
        if self.lex.has("pronouns.latter_feminine", low):
            return "Fem"
        return "Masc" if self.lex.has("pronouns.latter_masculine", low) else ""

    def _body_just_named(self, gender: str, position: Position) -> Speaker | None:
        """Return the body that is named right before a place, and is no subject: "a saisi le conseil. Ce dernier"."""
        before = (m for m in self.entity_table.mentions if m.offset < position.offset)
        nearest = max(before, key=lambda m: m.offset, default=None)
        if nearest is None or nearest.entity.kind != "body" or nearest.subject:
            return None
        near = self.sentence_at(position.offset) - self.sentence_at(nearest.offset) <= 1
        return as_speaker(nearest.entity) if near and nearest.entity.gender in ("", gender) else None

    def _last_person(self, gender: str, position: Position, silent: Speaker | None) -> Speaker | None:
        """Return the person mentioned last before a place, of a gender, but the one who is not meant."""
        mentioned = self._persons_mentioned()
        fit = [(at, one) for at, one in mentioned if at < position.offset and _fits(one, gender)]
        last_first = (speaker for _, speaker in sorted(fit, key=lambda pair: pair[0], reverse=True))
        return next((one for one in last_first if silent is None or not one.is_same(silent)), None)

    def _persons_mentioned(self) -> list[tuple[int, Speaker]]:
        """Return the persons meant by a phrase, then those named, each with where."""
        meant = [(s.position.offset, s.speaker) for s in self.salient if s.speaker.person]
        named = [m for m in self.entity_table.mentions if m.entity.kind == "person"]
        return meant + [(m.offset, as_speaker(m.entity)) for m in named]

    def of_two(self, first: bool, position: Position) -> Speaker | None:
        """Return the one named first, or second, of the two persons that come last before a place."""
        last: list[Entity] = []
        for m in sorted(self.entity_table.mentions, key=lambda m: m.offset, reverse=True):
            near = position.paragraph - m.paragraph <= 1 and m.offset < position.offset
            if near and m.entity.kind == "person" and m.entity not in last:
                last.append(m.entity)
        pair = last[:_TWO]
        return as_speaker(pair[1] if first else pair[0]) if len(pair) == _TWO else None

    def answerer(self, position: Position) -> Speaker | None:
        """Return who answers: "came the reply" is by the most salient person who did not speak last."""
        before = [s.speaker for s in self.salient if s.weight >= 1.0 and s.position.offset < position.offset]
        return self.candidates("", position, silent=before[-1] if before else None)

    def last_speaker(self) -> Speaker | None:
        """Return who spoke last."""
        return next((s.speaker for s in reversed(self.salient) if s.spoke), None)

    def pronoun(self, low: str, position: Position) -> Speaker | None:
        """Return whom a pronoun (in lower case) can only mean, None when nobody fits."""
        if self.lex.has("grammar.pronouns_plural", low) or self.lex.has("pronouns.theirs", low):
            return self._last((s for s in self.salient if s.speaker.plural), position, _REACH_OF_SEVERAL)
        if self.lex.has("grammar.pronouns_body", low):
            return self._last((s for s in self.salient if not s.speaker.person), position, _REACH_OF_BODIES)
        gender = self._gender_of_pronoun(low)
        bodies = self.lex.has("naming.traits", "gendered_bodies") or self.lex.has("determiners.its", low)
        speaker = self.candidates(gender, position, organisations=bodies)
        if speaker is not None:
            _note_gender(speaker.entity, gender)
        return speaker

    def _gender_of_pronoun(self, low: str) -> str:
        """Return the gender that a pronoun or a possessive shows: "elle", "his"."""
        if self.lex.has("grammar.pronouns_f", low) or self.lex.has("determiners.her", low):
            return "Fem"
        masculine = self.lex.has("grammar.pronouns_m", low) or self.lex.has("determiners.his", low)
        return "Masc" if masculine else ""

    def _last(self, mentions: Iterable[SalientMention], position: Position, reach: int) -> Speaker | None:
        """Return the last of those mentioned at most so many sentences before a place."""
        near = [s.speaker for s in mentions if position.sentence - s.position.sentence <= reach]
        return near[-1] if near else None

    def candidates(
        self,
        gender: str,
        position: Position,
        same_paragraph: bool = False,
        organisations: bool = False,
        silent: Speaker | None = None,
    ) -> Speaker | None:
        """Return whoever of that gender is most present just before a place; ``silent`` is not meant."""
        wanted = Wanted(gender, position, same_paragraph, organisations, silent)
        scored = [(self._score(s, wanted), s.speaker) for s in self._pool(position) if self._may_be_meant(s, wanted)]
        best = max(reversed(scored), key=lambda pair: pair[0], default=None)  # the last of equals
        return best[1] if best is not None else None

    def _pool(self, position: Position) -> list[SalientMention]:
        """Return everybody mentioned before a place: by a phrase that the rules have read, then by a name."""
        pool = [s for s in self.salient if s.position.offset < position.offset]
        return pool + [
            SalientMention(
                as_speaker(m.entity),
                Position(m.offset, m.paragraph, self.sentence_at(m.offset)),
                0.8 if m.subject else 0.7,
            )
            for m in self.entity_table.mentions
            if m.offset < position.offset and m.entity.kind == "person"
        ]

    def _may_be_meant(self, s: SalientMention, wanted: Wanted) -> bool:
        """Tell whether a pronoun can stand for somebody: near enough, one, of its gender."""
        if s.speaker.plural or wanted.position.sentence - s.position.sentence > _REACH:
            return False
        if not s.speaker.person and not self._may_be_body(s, wanted):
            return False
        if wanted.silent is not None and s.speaker.is_same(wanted.silent):
            return False
        if wanted.same_paragraph and (wanted.position.paragraph - s.position.paragraph > 1 or s.speaker.entity is None):
            return False
        return _agrees(_known_gender(s.speaker), wanted.gender)

    def _may_be_body(self, s: SalientMention, wanted: Wanted) -> bool:
        """Tell whether a pronoun can stand for a body: in French not for one of its own sentence."""
        here = s.position.sentence == wanted.position.sentence
        near = wanted.position.paragraph - s.position.paragraph <= _BODY_PARAGRAPHS
        return wanted.organisations and near and not (here and self.lex.has("naming.traits", "gendered_bodies"))

    def _score(self, s: SalientMention, wanted: Wanted) -> float:
        """Return how present somebody is: less with each sentence, with doubt of the gender, as a body."""
        distance = wanted.position.sentence - s.position.sentence
        score = s.weight * 0.8**distance * 0.85 ** (wanted.position.paragraph - s.position.paragraph)
        score *= 1.0 if _known_gender(s.speaker) or not wanted.gender else self._fitness(s.speaker, wanted.gender)
        score *= 1.0 if s.speaker.person else 0.85
        score *= self._presence(s.speaker, wanted.position)
        if self._has_trade(s.speaker) and wanted.same_paragraph:
            score *= 0.6  # who has a trade already is less likely to be given another
        return score

    def _fitness(self, speaker: Speaker, gender: str) -> float:
        """Return how well one fits a gender whose own nothing tells, by a first name that stands alone: "Marie"."""
        usual = self.lex.gender_of(speaker.name) if " " not in speaker.name else ""
        return 0.75 if not usual else 0.9 if usual == gender else 0.5

    def _has_trade(self, speaker: Speaker) -> bool:
        """Tell whether an English article has given somebody a trade."""
        one = self.lex.has("naming.traits", "protagonists")
        return one and speaker.entity is not None and bool(speaker.entity.roles)

    def _presence(self, speaker: Speaker, position: Position) -> float:
        """Return 1 to 1.4: a French article has more to do with whom more of its sentences have been about."""
        entity = speaker.entity if self.lex.has("naming.traits", "presence") else None
        before = [m for m in self.entity_table.mentions if m.entity is entity and m.offset < position.offset]
        return 1.0 + 0.1 * min(sum(m.subject for m in before), _OFTEN)

    def sentence_at(self, offset: int) -> int:
        """Return which sentence of the article an offset stands in."""
        return bisect_right(self.starts, offset) - 1


def _note_gender(entity: Entity | None, gender: str) -> None:
    """Give a person whose gender nothing has told the one of the pronoun that stands for them."""
    if entity is not None and entity.kind == "person" and not entity.gender:
        entity.gender = gender


def _known_gender(speaker: Speaker) -> str:
    """Return the gender that the article tells of somebody, else the one that the phrase shows."""
    return speaker.entity.gender if speaker.entity is not None and speaker.entity.gender else speaker.gender


def _fits(speaker: Speaker, gender: str) -> bool:
    """Tell whether "ce dernier" can stand for somebody: one person, of that gender."""
    known = speaker.entity.gender if speaker.entity is not None else speaker.gender
    return not speaker.plural and _agrees(known, gender)


def _agrees(known: str, gender: str) -> bool:
    """Tell whether two genders may be one; "" is not known."""
    return not gender or not known or known == gender
