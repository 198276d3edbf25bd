"""Who is salient just before a place of the article: whom a pronoun or "ce dernier" means, who spoke last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.speaker import Position, SalientMention, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of

_REACH = 6  # sentences that a pronoun looks back
_OFTEN = 4  # sentences about somebody after which one more changes nothing


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
        if len(fit) < 2:
            return fit[0] if fit else None
        return self._prevailing(fit) or self._mentioned_last(fit, position)

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
        gender = ("Fem" if low.endswith("e") or low == "celle-ci" else "Masc") if self.lex.lang == "fr" else ""
        silent = self.last_speaker() if "intéressé" in low else None
        if "intéressé" in low and silent is None:
            return self.candidates(gender, position)  # nobody has spoken yet: whom the article is about
        nearest = max(
            (m for m in self.entity_table.mentions if m.offset < position.offset), key=lambda m: m.offset, default=None
        )
        if nearest is not None and nearest.entity.kind == "body" and silent is None:
            near = self.sentence_at(position.offset) - self.sentence_at(nearest.offset) <= 1
            if near and not nearest.subject and nearest.entity.gender in ("", gender):
                return as_speaker(nearest.entity)
        mentioned = [(s.position.offset, s.speaker) for s in self.salient if s.speaker.person]
        mentioned += [(m.offset, as_speaker(m.entity)) for m in self.entity_table.mentions if m.entity.kind == "person"]
        for offset, speaker in sorted(mentioned, key=lambda pair: pair[0], reverse=True):
            known = speaker.entity.gender if speaker.entity is not None else speaker.gender
            if offset >= position.offset or speaker.plural or (gender and known and known != gender):
                continue
            if silent is None or not speaker.is_same(silent):
                return speaker
        return None

    def of_two(self, first: bool, position: Position) -> Speaker | None:
        """Return the one named first, or second, of the two persons that come last before a place."""
        last: list[Entity] = []
        for m in sorted(self.entity_table.mentions, key=lambda m: m.offset, reverse=True):
            near = position.paragraph - m.paragraph <= 1 and m.offset < position.offset
            if near and m.entity.kind == "person" and m.entity not in last:
                last.append(m.entity)
        pair = last[:2]
        return as_speaker(pair[1] if first else pair[0]) if len(pair) == 2 else None

    def answerer(self, position: Position) -> Speaker | None:
        """Return who answers: "came the reply" is by the most salient person who did not speak last."""
        before = [s.speaker for s in self.salient if s.weight >= 1.0 and s.position.offset < position.offset]
        return self.candidates("", position, silent=before[-1] if before else None)

    def last_speaker(self) -> Speaker | None:
        """Return who spoke last."""
        return next((s.speaker for s in reversed(self.salient) if s.spoke), None)

    def pronoun(self, low: str, position: Position) -> Speaker | None:
        """Return whom a pronoun (in lower case) can only mean, None when nobody fits."""
        if self.lex.has("grammar.pronouns_plural", low) or low in ("leur", "their", "leurs"):
            return next(
                (
                    s.speaker
                    for s in reversed(self.salient)
                    if s.speaker.plural and position.sentence - s.position.sentence <= 3
                ),
                None,
            )
        if self.lex.has("grammar.pronouns_body", low):
            organisations = (
                s
                for s in reversed(self.salient)
                if not s.speaker.person and position.sentence - s.position.sentence <= 2
            )
            return next((s.speaker for s in organisations), None)
        feminine = self.lex.has("grammar.pronouns_f", low) or low == "her"
        masculine = self.lex.has("grammar.pronouns_m", low) or low == "his"
        gender = "Fem" if feminine else "Masc" if masculine else ""
        speaker = self.candidates(gender, position, organisations=self.lex.lang == "fr" or low == "its")
        if (
            speaker is not None
            and speaker.entity is not None
            and speaker.entity.kind == "person"
            and not speaker.entity.gender
        ):
            speaker.entity.gender = gender
        return speaker

    def candidates(
        self,
        gender: str,
        position: Position,
        same_paragraph: bool = False,
        organisations: bool = False,
        silent: Speaker | None = None,
    ) -> Speaker | None:
        """Return whoever of that gender is most present just before a place; ``silent`` is not meant."""
        best: tuple[float, Speaker] | None = None
        pool = [s for s in self.salient if s.position.offset < position.offset]
        pool += [
            SalientMention(
                as_speaker(m.entity),
                Position(m.offset, m.paragraph, self.sentence_at(m.offset)),
                0.8 if m.subject else 0.7,
            )
            for m in self.entity_table.mentions
            if m.offset < position.offset and m.entity.kind == "person"
        ]
        for s in pool:
            speaker = s.speaker
            here = self.lex.lang == "fr" and s.position.sentence == position.sentence
            if (
                speaker.plural
                or (not speaker.person and (here or not organisations))
                or (silent and speaker.is_same(silent))
            ):
                continue
            known = speaker.entity.gender if speaker.entity is not None and speaker.entity.gender else speaker.gender
            if gender and known and known != gender:
                continue
            if same_paragraph and (position.paragraph - s.position.paragraph > 1 or speaker.entity is None):
                continue
            distance = position.sentence - s.position.sentence
            if distance > _REACH:
                continue
            score = s.weight * 0.8**distance * 0.85 ** (position.paragraph - s.position.paragraph)
            score *= 1.0 if known or not gender else 0.75
            score *= 1.0 if speaker.person else 0.85
            score *= self._presence(speaker, position)
            if self._has_trade(speaker) and same_paragraph:
                score *= 0.6  # who has a trade already is less likely to be given another
            if best is None or score >= best[0]:
                best = (score, speaker)
        return best[1] if best is not None else None

    def _has_trade(self, speaker: Speaker) -> bool:
        """Tell whether an English article has given somebody a trade."""
        return self.lex.lang == "en" and speaker.entity is not None and bool(speaker.entity.roles)

    def _presence(self, speaker: Speaker, position: Position) -> float:
        """Return 1 to 1.4: a French article has more to do with whom more of its sentences have been about."""
        entity = speaker.entity if self.lex.lang == "fr" else None
        before = [m for m in self.entity_table.mentions if m.entity is entity and m.offset < position.offset]
        return 1.0 + 0.1 * min(sum(m.subject for m in before), _OFTEN)

    def sentence_at(self, offset: int) -> int:
        """Return which sentence of the article an offset stands in."""
        return bisect_right(self.starts, offset) - 1
