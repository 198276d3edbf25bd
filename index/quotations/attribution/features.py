"""Some words and somebody who may have spoken them -> the evidence for and against, as numbers.

``votes`` are what single rules and places of the article say; the rest is where the candidate is mentioned, how
often, who spoke before and after, and what kind of words they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import get_args

from index.languages.lexicon import Lexicon
from index.models import SpeakerKind
from index.quotations.attribution.candidates import ArticleMentions, Candidate, PlacedMention
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, main_subject
from index.quotations.cues.cues import Cue
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.typography import fold

FAR = 40
"""Tokens and beyond: a mention so far from the words is as good as absent from their sentence."""
_SHORTEST = 3
"""Characters of a word that tells anything; shorter ones are articles and links."""
_DEPENDENCIES = {"nsubj": 1.0, "nsubj:pass": 2.0, "nsubjpass": 2.0, "obj": 3.0, "dobj": 3.0, "obl": 4.0, "pobj": 4.0}
_RULES = (
    "cue", "clause", "colon", "predicate", "joined", "agent", "answer", "introduced", "subject", "uncued",
)  # fmt: skip


class Surroundings:
    """What an article shows around some words, whoever may have spoken them."""

    def __init__(self, article: ArticleMentions, span: AttributedSpan, text: str, lex: Lexicon) -> None:
        self.article, self.span, self.text, self.lex = article, span, text, lex
        self.analysed = article.sentences[span.sentence]
        self.before, self.after = article.neighbours(span)
        self.candidates = article.candidates(span)

    @cached_property
    def first(self) -> int:
        """The token of the paragraph that the words begin at."""
        tokens = self.analysed.sentence.tokens
        return next((i for i, t in enumerate(tokens) if t.end > self.span.start), len(tokens))

    @cached_property
    def last(self) -> int:
        """One past the token that they end at."""
        tokens = self.analysed.sentence.tokens
        return next((i for i, t in enumerate(tokens) if t.start >= self.span.end), len(tokens))

    @cached_property
    def words(self) -> list[str]:
        """The words themselves, folded."""
        return re.findall(r"\w+", fold(self.text[self.span.start : self.span.end]))

    @cached_property
    def votes(self) -> Mapping[str, Speaker | None]:
        """Whom each rule and each place near the words names."""
        n, sentences = self.span.sentence, self.article.sentences
        above = sentences[n - 1] if n else None
        below = sentences[n + 1] if n + 1 < len(sentences) else None
        return {
            "pick": self.span.speaker,
            "before": self.before.speaker if self.before is not None else None,
            "after": self.after.speaker if self.after is not None else None,
            "cue_left": self._cue(self.analysed, self._left()),
            "cue_right": self._cue(self.analysed, self._right()),
            "source": self._cue(self.analysed, [c for c in self.analysed.cues if c.kind == "preposition"]),
            "subject": self._subject(self.analysed),
            "subject_above": self._subject(above),
            "subject_below": self._subject(below),
            "cue_above": self._cue(above, above.cues[::-1] if above is not None else []),
            "cue_below": self._cue(below, below.cues if below is not None else []),
        }

    def _left(self) -> list[Cue]:
        return [c for c in reversed(self.analysed.cues) if c.last <= self.first and c.kind == "verb"]

    def _right(self) -> list[Cue]:
        return [c for c in self.analysed.cues if c.first >= self.last and c.kind == "verb"]

    def _cue(self, analysed: AnalysedSentence | None, cues: Sequence[Cue]) -> Speaker | None:
        phrase = next((c.source for c in cues if c.source is not None), None)
        return self._resolved(analysed, phrase)

    def _subject(self, analysed: AnalysedSentence | None) -> Speaker | None:
        return self._resolved(analysed, main_subject(analysed.sentence)) if analysed is not None else None

    def _resolved(self, analysed: AnalysedSentence | None, phrase: Phrase | None) -> Speaker | None:
        if analysed is None or phrase is None:
            return None
        tokens, place = analysed.sentence.tokens, analysed.position
        position = Position(tokens[phrase.first].start, place.paragraph, place.sentence)
        return self.article.resolver.resolve(tokens, phrase, position)

    @cached_property
    def mention(self) -> tuple[int, int]:
        """The tokens of the mention beside the words; (0, 0): there is none."""
        if self.span.mention is None:
            return 0, 0
        start, end = self.span.mention
        inside = [i for i, t in enumerate(self.analysed.sentence.tokens) if start <= t.start and t.end <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    @cached_property
    def mention_words(self) -> list[str]:
        """The words of the mention, folded."""
        first, last = self.mention
        return [fold(t.low) for t in self.analysed.sentence.tokens[first:last]]

    def _mention_shape(self) -> dict[str, float]:
        """Return what kind of thing the mention's nouns are."""
        first, last = self.mention
        tokens = self.analysed.sentence.tokens[first:last]
        lows = [form for t in tokens for form in (t.low, t.low.removesuffix("s"))]
        has = self.lex.has
        det = tokens[0] if tokens else None
        shape = {
            f"mention_{key.split('.')[1]}": float(any(has(key, low) for low in lows))
            for key in ("roles.any", "roles.bodies", "roles.media", "nouns.documents", "nouns.crowds", "kin.all")
        }
        return shape | {
            "mention_length": float(len(tokens)),
            "mention_capitals": float(sum(t.capital for t in tokens)),
            "mention_plural": float(any(t.number == "Plur" and t.pos == "NOUN" for t in tokens)),
            "mention_det": float(det is not None and det.pos == "DET"),
            "mention_indefinite": float(det is not None and det.low in self.lex.words["grammar.indefinite"]),
            "mention_possessive": float(det is not None and has("grammar.possessive", det.low)),
            "mention_owned": float(any(t.low in ("'s", "'") for t in tokens)),
            "mention_person": float(any(t.ent in ("PER", "PERSON") for t in tokens)),
            "mention_org": float(any(t.ent == "ORG" for t in tokens)),
            "mention_first_name": float(any(t.capital and self.lex.is_first_name(t.text) for t in tokens)),
        }

    @cached_property
    def shared(self) -> dict[str, float]:
        """The evidence that is the same for every candidate."""
        span, s = self.span, self.analysed.sentence
        inside = set(self.words)
        paragraph = [x for x in self.article.found if x.paragraph == span.paragraph]
        outside = [t for t in s.tokens[s.first : s.last] if t.quote < 0 and t.pos != "PUNCT"]
        evidence = {f"rule_{rule}": float(span.rule == rule) for rule in _RULES}
        return evidence | {
            "french": float(self.lex.lang == "fr"),
            "indirect": float(span.quotation.kind == "indirect"),
            "mixed": float(span.quotation.kind == "mixed"),
            "length": float(min(len(self.words), 60)),
            "opens": float(self.first <= s.first + 1),
            "alone": float(not outside),
            "outside": float(min(len(outside), FAR)),
            "cued": float(span.quotation.cue is not None),
            "cues": float(len(self.analysed.cues)),
            "ordinal": float(paragraph.index(span)) if span in paragraph else 0.0,
            "paragraph": float(min(span.paragraph, 10)),
            "singular_i": float(bool(inside & self.lex.words["grammar.first_singular"])),
            "plural_we": float(bool(inside & self.lex.words["grammar.first_plural"])),
            "candidates": float(len(self.candidates)),
            "picked": float(span.speaker is not None),
            "mention": _FORM[self._form()],
            **self._mention_shape(),
        }

    def _form(self) -> str | None:
        if self.span.mention is None:
            return None
        start = self.span.mention[0]
        here = (m for m in self.article.in_sentence(self.span.sentence) if m.start == start)
        return next((m.form for m in here), "pronoun")


_FORM: dict[str | None, float] = {None: 0.0, "pronoun": 1.0, "noun": 2.0, "name": 3.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """Some words, and somebody who may have spoken them."""

    around: Surroundings
    candidate: Candidate

    def evidence(self) -> dict[str, float]:
        """Return the numbers by name; nan: cannot be told."""
        return self._votes() | self._places() | self._person() | self._of_mention() | self.around.shared

    def _votes(self) -> dict[str, float]:
        votes = self.around.votes
        mine = {name: _same(speaker, self.candidate.speaker) for name, speaker in votes.items()}
        cast = [_same(speaker, self.candidate.speaker) for name, speaker in votes.items() if speaker is not None]
        return {f"vote_{name}": value for name, value in mine.items()} | {
            "votes": sum(cast),
            "votes_share": sum(cast) / len(cast) if cast else 0.0,
        }

    def _places(self) -> dict[str, float]:
        around, mentions = self.around, self.candidate.mentions
        here = [m for m in mentions if m.sentence == around.span.sentence]
        left = [m for m in mentions if m.start < around.span.start]
        right = [m for m in mentions if m.start >= around.span.end]
        near = min(here, key=lambda m: self._distance(m), default=None)
        return {
            "here": float(len(here)),
            "tokens_left": min((self._distance(m) for m in here if m in left), default=FAR),
            "tokens_right": min((self._distance(m) for m in here if m in right), default=FAR),
            "sentences_left": min((float(around.span.sentence - m.sentence) for m in left), default=9.0),
            "sentences_right": min((float(m.sentence - around.span.sentence) for m in right), default=9.0),
            "form_near": _FORM[near.form if near is not None else None],
            "role_near": self._dependency(near),
            "role_left": self._dependency(left[-1] if left else None),
            "form_left": _FORM[left[-1].form if left else None],
            "nearer_left": float(self._nearer(left[-1].start)) if left else 9.0,
            "as_subject": float(sum(self._dependency(m) in (1.0, 2.0) for m in mentions)),
            "governs": float(any(self._is_source(m) for m in here)),
            "named_here": float(any(m.form == "name" for m in here)),
        }

    def _distance(self, m: PlacedMention) -> float:
        around = self.around
        gap = around.first - m.head if m.start < around.span.start else m.head - around.last
        return float(min(max(gap, 0), FAR))

    def _dependency(self, m: PlacedMention | None) -> float:
        if m is None:
            return 0.0
        tokens = self.around.article.sentences[m.sentence].sentence.tokens
        return _DEPENDENCIES.get(tokens[m.head].dep, 5.0)

    def _nearer(self, start: int) -> int:
        """Count the other candidates mentioned between a place and the words."""
        around = self.around
        return sum(
            any(start < m.start < around.span.start for m in other.mentions)
            for other in around.candidates
            if other is not self.candidate
        )

    def _is_source(self, m: PlacedMention) -> bool:
        cues = self.around.analysed.cues
        return any(c.source is not None and c.source.first <= m.head < c.source.last for c in cues)

    def _person(self) -> dict[str, float]:
        around, speaker = self.around, self.candidate.speaker
        entity, lex = speaker.entity, around.lex
        spoke = [x for x in around.article.found if x is not around.span and _same(x.speaker, speaker)]
        names = fold(speaker.name).replace("-", " ").split() or [""]
        nouns = [w for w in names if len(w) >= _SHORTEST]
        return {
            "entity": float(entity is not None),
            "person": float(speaker.person),
            "kind": float(get_args(SpeakerKind).index(speaker.kind)),
            "plural": float(speaker.plural),
            "roles": float(len(entity.roles)) if entity is not None else 0.0,
            "named": float(min(around.article.counts[id(entity)], 12)) if entity is not None else 0.0,
            "spoke": float(min(len(spoke), 8)),
            "spoke_above": float(sum(x.start < around.span.start for x in spoke)),
            "name_words": float(len(names)),
            "small": float(speaker.name[:1].islower()),
            "in_words": float(names[-1] in around.words),
            "role": float(any(lex.has("roles.any", w) for w in nouns)),
            "body": float(any(lex.has("roles.bodies", w) for w in nouns)),
            "media": float(any(lex.has("roles.media", w) for w in nouns)),
            "document": float(any(lex.has("nouns.documents", w) for w in nouns)),
            "gender": self._agreement(),
        }

    def _of_mention(self) -> dict[str, float]:
        """Compare the mention beside the words with the candidate: its name within it, after it, its roles."""
        around, speaker = self.around, self.candidate.speaker
        first, last = around.mention
        tokens = around.analysed.sentence.tokens
        inside = [m for m in self.candidate.mentions if m.sentence == around.span.sentence and first <= m.head < last]
        name = fold(speaker.name).replace("-", " ").split()
        words = around.mention_words
        at = _run(name, words) if first < last else -1
        end = first + at + len(name)
        after = tokens[end].low if at >= 0 and end < len(tokens) else ""
        apposed = [
            m for m in self.candidate.mentions
            if first < last and m.sentence == around.span.sentence and last < m.head <= last + 6
        ]  # fmt: skip
        roles = speaker.entity.roles if speaker.entity is not None else set()
        shared = set(name) & set(words)
        links = around.lex.words["grammar.links"] | around.lex.words["grammar.loose_links"]
        return {
            "m_is": float(any(m.start == tokens[first].start and m.form != "noun" for m in inside)),
            "m_inside": float(len(inside)),
            "m_name_at": float(at),
            "m_name_ends": float(at >= 0 and at + len(name) == len(words)),
            "m_name_owns": float(after in ("'s", "'", "\u2019s")),
            "m_name_of": float(at > 0 and words[at - 1] in links),
            "m_last_name": float(bool(name) and bool(words) and name[-1] == words[-1]),
            "m_any_word": float(len(shared)),
            "m_share": len(shared) / len(name) if name else 0.0,
            "m_apposed": float(bool(apposed)),
            "m_apposed_comma": float(bool(apposed) and tokens[last].low == "," and apposed[0].head <= last + 3),
            "m_role": float(any(w in roles for w in words)),
            "m_role_kind": float(any(around.lex.kinds.get(w, frozenset()) & roles for w in words)),
            "m_acronym": float(_is_acronym(words, name)),
        }

    def _agreement(self) -> float:
        """Return 1.0 when the pronoun beside the words has the candidate's gender, 0.0 when not; nan: not told."""
        around, speaker = self.around, self.candidate.speaker
        written = (around.span.quotation.speaker_as_written or "").lower().strip("-")
        gender = speaker.entity.gender if speaker.entity is not None and speaker.entity.gender else speaker.gender
        for want, key in (("Fem", "grammar.pronouns_f"), ("Masc", "grammar.pronouns_m")):
            if around.lex.has(key, written):
                return float(gender == want) if gender else nan
        return nan


def _run(name: Sequence[str], words: Sequence[str]) -> int:
    """Return where a name stands within words, -1 when it does not."""
    return next((i for i in range(len(words) - len(name) + 1) if list(words[i : i + len(name)]) == list(name)), -1)


def _is_acronym(words: Sequence[str], name: Sequence[str]) -> bool:
    initials = "".join(w[0] for w in name if len(w) > _SHORTEST)
    return len(initials) > 1 and initials in words


def _same(one: Speaker | None, other: Speaker) -> float:
    return float(one is not None and one.is_same(other))
