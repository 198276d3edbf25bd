"""A stretch in quotation marks -> the evidence that somebody said it: what it is, what stands around it, and its like.

A title, a nickname, a term or a word that the writer keeps at a distance stands in the same marks as speech.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.languages.data_files import languages
from index.languages.lexicon import Lexicon
from index.quotations.cues.analysed_sentences import AnalysedSentence, QuotedTokens
from index.quotations.cues.cues import Cue
from index.quotations.speech.fragments import is_fragment, opens_sentence
from index.quotations.speech.not_speech import is_explained, names_a_thing
from index.quotations.syntax.parser import Token

_NEAR = 8
"""Tokens before the marks within which a verb may govern them."""
_ABSENT = 9.0
_FAR = 40.0
_LONG, _MANY, _LATE = 30, 20, 6
_JUST = 3
_GROUPS = ("say", "think", "object", "naming", "promise", "deny", "manner", "feeling", "evidence")
_POS = ("DET", "ADP", "VERB", "AUX", "NOUN", "ADJ", "PUNCT", "SCONJ", "CCONJ", "PROPN", "ADV", "PRON")


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words in marks, their sentence, and which marks of the article the rules take for speech.

    Attributes:
        text: the article's.
        words: what stands within the marks.
        spoken: the numbers of the marks that the rules take for speech.
        all_marks: the numbers of all marks of the article.
    """

    text: str
    words: str
    analysed: AnalysedSentence
    quote: QuotedTokens
    spoken: Collection[int]
    all_marks: Collection[int]
    lex: Lexicon

    @property
    def tokens(self) -> Sequence[Token]:
        """Those of the paragraph."""
        return self.analysed.sentence.tokens

    @property
    def left(self) -> list[Token]:
        """The tokens just before the marks, in their sentence, outside others."""
        s, q = self.analysed.sentence, self.quote
        return [t for t in s.tokens[max(s.first, q.first - _NEAR) : q.first] if t.quote < 0]


def evidence_of_speech(m: MarkedWords) -> dict[str, float]:
    """Return the evidence by name, as the trees of ``marked_speech`` were fitted with it."""
    told = _words(m) | _inside(m) | _beside(m) | _before(m) | _cues(m.analysed.cues, m.quote) | _others(m)
    return {name: float(value) for name, value in told.items()}


def _words(m: MarkedWords) -> dict[str, float]:
    """Tell what the words look like, and what the rules of titles and terms say of them."""
    words, s, q = m.words.split(), m.analysed.sentence, m.quote
    opens = opens_sentence(s, q)
    return {
        "language": list(languages()).index(m.lex.lang),
        "fragment": is_fragment(m.analysed, q, m.words),
        "opens": opens,
        "length": min(len(words), _LONG),
        "capital": m.words[:1].isupper(),
        "capitals": sum(word[:1].isupper() for word in words) / max(len(words), 1),
        "stopped": m.words[-1:] in ".!?…,",
        "digits": any(word[:1].isdigit() for word in words),
        "edited": any(sign in m.words for sign in ("[", "…", "...")),
        "repeated": m.text.count(m.words) > 1,
        "thing": not opens and names_a_thing(s.tokens, q.first, q.last, s.first, m.words, m.lex),
        "explained": opens and is_explained(s.tokens, q.last, s.last, m.words, m.lex),
    }


def _inside(m: MarkedWords) -> dict[str, float]:
    """Tell what the parser sees within short marks; longer ones it does not read."""
    inside = m.tokens[m.quote.first : m.quote.last]
    told = {
        "inside_finite": any(t.form == "Fin" for t in inside),
        "inside_verb": any(t.pos in ("VERB", "AUX") for t in inside),
        "inside_entity": any(bool(t.ent) for t in inside),
        "inside_name": any(t.pos == "PROPN" for t in inside),
    }
    return {name: float(value) for name, value in told.items()}


def _beside(m: MarkedWords) -> dict[str, float]:
    """Tell what the words just before and just after the marks are."""
    s, q = m.analysed.sentence, m.quote
    before = s.tokens[q.first - 1] if q.first > s.first else None
    after = s.tokens[q.last] if q.last < s.last else None
    return _neighbour("before", before, m.lex) | _neighbour("after", after, m.lex)


def _neighbour(place: str, token: Token | None, lex: Lexicon) -> dict[str, float]:
    own = token is not None and token.quote < 0
    pos, low = (token.pos, token.low) if token is not None and own else ("", "")
    return {f"{place}_{name}": float(pos == name) for name in _POS} | {
        f"{place}_nothing": token is None,
        f"{place}_marks": token is not None and not own,
        f"{place}_colon": low == ":",
        f"{place}_comma": low == ",",
        f"{place}_link": low in lex.words["grammar.links"],
        f"{place}_that": low in lex.words["grammar.that"],
    }


def _before(m: MarkedWords) -> dict[str, float]:
    """Tell how many tokens back the nearest verb of each kind stands, and the nearest noun for titles."""
    left = m.left
    lasts = left[-_JUST:]
    nouns = m.lex.words["not_speech.before"]
    return {
        **{f"verb_{group}": _nearest(left, group, m.lex) for group in _GROUPS},
        "title_noun": min((len(left) - i for i, t in enumerate(left) if t.low in nouns), default=_ABSENT),
        "participle": any(t.form == "Part" for t in lasts),
        "auxiliary": any(t.pos == "AUX" for t in lasts),
    }


def _nearest(left: Sequence[Token], group: str, lex: Lexicon) -> float:
    places = (
        len(left) - i
        for i, t in enumerate(left)
        if t.low in lex.verbs and group in lex.verbs[t.low].groups and t.pos in ("VERB", "AUX", "NOUN", "ADJ")
    )
    return min(places, default=_ABSENT)


def _cues(cues: Sequence[Cue], q: QuotedTokens) -> dict[str, float]:
    left, right = [c for c in cues if c.last <= q.first], [c for c in cues if c.first >= q.last]
    return {
        "cue_left": min((float(q.first - c.last) for c in left), default=_FAR),
        "cue_right": min((float(c.first - q.last) for c in right), default=_FAR),
        "cue_source": bool(left) and left[-1].source is not None,
        "cue_negated": bool(left) and left[-1].negated,
        "cues": len(cues),
        "source_named": any(c.kind == "preposition" for c in cues),
    }


def _others(m: MarkedWords) -> dict[str, float]:
    """Tell which other marks of the sentence and of the article the rules take for speech."""
    number = m.quote.number
    others = [n for n in m.all_marks if n != number]
    return {
        "spoken": number in m.spoken,
        "marks_here": len(m.analysed.quotes),
        "spoken_here": sum(q.number in m.spoken for q in m.analysed.quotes if q.number != number),
        "marks": min(len(others), _MANY),
        "spoken_share": (sum(n in m.spoken for n in others) + 1) / (len(others) + 2),
        "spoken_before": number - 1 in m.spoken,
        "spoken_after": number + 1 in m.spoken,
        "paragraph": min(m.analysed.position.paragraph, _LATE),
    }
