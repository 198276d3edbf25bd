"""A sentence -> its cues, each with the phrase that names who speaks.

To the right of a quotation the surface decides before the parser does: French parsers find the subject of "a déclaré X"
in fewer than half of the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.quotations.cues import Lexicon, Verb
from index.quotations.parse import QUOTE, Token
from index.quotations.phrases import (
    Phrase,
    bare_phrases,
    is_nominal,
    is_pronoun,
    is_silent,
    phrase_around,
    phrase_at,
)

CueKind = Literal["verb", "preposition", "colon"]
_CLIMBS = (
    "conj",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "aux",
    "cop",
    "ccomp",
    "dep",
    "fixed",
    "pcomp",
    "prep",
    "obl",
)
_THAT = frozenset(("que", "qu'", "that"))
_OBJECT_PRONOUNS = frozenset(
    ["lui", "leur", "nous", "vous", "se", "s'", "me", "m'", "te", "t'", "y", "en", "l'", "le", "la", "les"]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell that somebody speaks.

    Attributes:
        first: first token, auxiliaries included; ``last`` is one past the last.
        verb: the reporting verb, None for a preposition or a colon.
        source: who speaks, None when the sentence does not say.
        inverted: whether the source follows the verb.
        negated: whether the verb is denied, so that nothing is reported.
    """

    kind: CueKind
    first: int
    last: int
    at: int
    verb: Verb | None = None
    source: Phrase | None = None
    inverted: bool = False
    negated: bool = False

    def is_in(self, group: str) -> bool:
        """Tell whether the verb belongs to a group of the lexicon."""
        return self.verb is not None and group in self.verb.groups


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of one paragraph's tokens."""

    tokens: Sequence[Token]
    first: int
    last: int
    lex: Lexicon


def find_cues(sentence: Sentence) -> list[Cue]:
    """Return the cues of a sentence, in order, outside its quotations."""
    cues: list[Cue] = []
    i = sentence.first
    while i < sentence.last:
        cue = _preposition(sentence, i) or _verb(sentence, i, cues)
        if cue is not None:
            cue = _shared(sentence, cue, cues)
            cues.append(cue)
            i = max(cue.last, i + 1) if cue.kind == "verb" else max(cue.last, i + 1)
        else:
            i += 1
    return cues


def _shared(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    """Give "X a dit que le pont tiendrait et a demandé ..." the subject of its first verb, not the bridge."""
    joined = (
        cue.kind == "verb"
        and cue.first > s.first
        and s.tokens[cue.first - 1].low in ("et", "and", "puis", "mais", "but")
    )
    before = next((c for c in reversed(earlier) if c.kind == "verb" and c.source is not None), None)
    if (
        not joined
        or before is None
        or (cue.source is not None and (cue.source.pronoun or _can_speak(s, cue.source)))
    ):
        return cue
    return replace(cue, source=before.source)


def _preposition(s: Sentence, i: int) -> Cue | None:
    if s.tokens[i].quote >= 0:
        return None
    if (
        s.tokens[i].low == "à"
        and [t.low for t in s.tokens[i + 1 : i + 3]] in (["l'", "en"], ["les", "en"])
        and i + 3 < s.last
    ):
        if s.tokens[i + 3].low in ("croire", "entendre"):
            return Cue("preposition", i, i + 4, i, source=Phrase(i + 1, i + 2, i + 1, pronoun=True))
    after = _match_words(s, i, s.lex.before) if s.tokens[i].low in s.lex.openers else None
    if after is None and s.lex.lang == "en":
        return _view(s, i)
    if after is None and i == s.first and s.tokens[i].low in s.lex.words["sources.opening"]:
        phrase = phrase_at(s.tokens, i + 1, s.last, s.lex)
        if phrase is not None and _is_opening_source(s, phrase):
            return Cue("preposition", i, phrase.last, i, source=phrase)
        return None
    if after is None:
        return None
    phrase = phrase_at(s.tokens, after, s.last, s.lex)
    if (
        phrase is None
        or s.tokens[after].low in ("que", "qu'", "moi", "ce", "les", "l'usage")
        and not is_nominal(s.tokens[phrase.head])
    ):
        return None
    return Cue("preposition", i, phrase.last, i, source=phrase)


def _is_opening_source(s: Sentence, phrase: Phrase) -> bool:
    head = s.tokens[phrase.head]
    named = phrase.pronoun or any(
        t.ent in ("PER", "PERSON", "ORG") for t in s.tokens[phrase.first : phrase.last]
    )
    person = s.lex.has("roles.any", head.low) or s.lex.has("roles.bodies", head.low)
    comma = phrase.last < s.last and (s.tokens[phrase.last].low == ",")
    return comma and (named or person)


def _match_words(s: Sentence, i: int, phrases: Sequence[str]) -> int | None:
    """Return the position after a source phrase ("d'après") that begins at i."""
    for words in phrases:
        parts = words.replace("'", "' ").split()
        got, j, k = [t.low for t in s.tokens[i : min(i + len(parts), s.last)]], i, 0
        while (
            k < len(parts)
            and j < s.last
            and (s.tokens[j].low == parts[k] or s.tokens[j].low == "".join(parts[k : k + 2]))
        ):
            k += 2 if s.tokens[j].low == "".join(parts[k : k + 2]) and k + 1 < len(parts) else 1
            j += 1
        if k >= len(parts) and got:
            return j
    return None


def _view(s: Sentence, i: int) -> Cue | None:
    """Match "in her view", "in the mayor's opinion"."""
    if s.tokens[i].low not in ("in", "to", "by"):
        return None
    for j in range(i + 1, min(i + 9, s.last)):
        if s.tokens[j].quote >= 0 or s.tokens[j].pos in ("VERB", "PUNCT"):
            return None
        if s.tokens[j].low in s.lex.words["sources.views"]:
            if i > s.first and (j + 1 >= s.last or s.tokens[j + 1].low not in (",", ".")):
                return None
            owner = s.tokens[j - 1]
            if s.lex.has("grammar.possessive", owner.low):
                return Cue("preposition", i, j + 1, i, source=Phrase(j - 1, j, j - 1, pronoun=True))
            if owner.low in ("'s", "'"):
                phrase = phrase_at(s.tokens, i + 1, j - 1, s.lex)
                return Cue("preposition", i, j + 1, i, source=phrase) if phrase else None
            return None
    return None


def _verb(s: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    token = s.tokens[i]
    verb = s.lex.verbs.get(token.low)
    last = i + 1
    for rest in s.lex.phrases.get(token.low, ()):
        j = i + 1
        while j < s.last and j < i + 3 and s.tokens[j].pos == "ADV" and s.tokens[j].low != rest[0]:
            j += 1
        if tuple("de" if t.low == "d'" else t.low for t in s.tokens[j : j + len(rest)]) == rest:
            verb, last = Verb(token.low, frozenset(("say", "object"))), j + len(rest)
    if verb is None and _must_speak(s, i, earlier):
        verb = Verb(token.low, frozenset(("manner",)))
    if verb is None or token.quote >= 0 or not _is_verb(s, i, last):
        return None
    first = _group_start(s, i)
    clitic = _clitic(s, i)
    source, inverted = _source(s, first, i, last, clitic)
    if clitic is not None and clitic >= last:
        last = clitic + 1
    return Cue("verb", first, last, i, verb, source, inverted, _negated(s, first, i))


def _must_speak(s: Sentence, i: int, earlier: Sequence[Cue]) -> bool:
    """Tell whether a verb of any meaning reports words, by its place: « ... », soupèse le maire; "...," she winced."""
    token = s.tokens[i]
    if (
        token.pos != "VERB"
        or token.quote >= 0
        or token.form == "Inf"
        or any(c.kind == "verb" for c in earlier)
    ):
        return False
    first = _group_start(s, i)
    if s.lex.lang == "fr":
        beside = first > s.first and (
            s.tokens[first - 1].quote >= 0
            or (s.tokens[first - 1].low == "," and first - 1 > s.first and s.tokens[first - 2].quote >= 0)
        )
        subject = _clitic(s, i) is not None or phrase_at(s.tokens, i + 1, s.last, s.lex) is not None
        return beside and subject and not token.low.endswith("ant")
    opens = s.tokens[s.first].pos == QUOTE and all(t.pos != "VERB" for t in s.tokens[s.first : i])
    quote_end = next((j for j in range(i, s.first - 1, -1) if s.tokens[j].quote >= 0), None)
    if not opens or quote_end is None or token.form == "Part" and token.low.endswith("ing"):
        return False
    between = s.tokens[quote_end + 1 : first]
    return len(between) < 8 and not any(t.low in (".", "who", "which", "that", "is", "was") for t in between)


def _is_verb(s: Sentence, i: int, last: int) -> bool:
    token, previous = s.tokens[i], s.tokens[i - 1] if i > s.first else None
    following = s.tokens[last] if last < s.last else None
    verbal = token.pos in ("VERB", "AUX")
    if previous is not None and previous.pos == "DET" and not verbal:
        return False
    after_quote = previous is not None and (
        previous.quote >= 0 or previous.low in (",", "se", "s'", "so", "ainsi") or previous.pos == "AUX"
    )
    leads = following is not None and (
        following.low in ("que", "qu'", "that", ":", "avoir", "être", "ne")
        or following.quote >= 0
        or (following.low == "," and last + 1 < s.last and s.tokens[last + 1].pos == QUOTE)
        or following.low.startswith(("-t", "-il", "-elle", "-on"))
    )
    leads = leads or (s.lex.lang == "fr" and _clause_follows(s, last))
    if not verbal and not after_quote and not leads:
        return False
    if token.capital and i > s.first and not token.text.isupper():
        return False
    if s.lex.lang == "fr" and token.form == "Inf" and not _introduces(s, i, last):
        return False
    return not _is_passive(s, i)


def _clause_follows(s: Sentence, last: int) -> bool:
    """Tell whether "que" follows within a few words, no verb between: "estime pour sa part que"."""
    for t in s.tokens[last : min(last + 7, s.last)]:
        if t.low in ("que", "qu'") and t.pos == "SCONJ":
            return True
        if t.quote >= 0 or t.pos in ("VERB", "AUX"):
            return False
    return False


def _introduces(s: Sentence, i: int, last: int) -> bool:
    """Tell whether an infinitive leads to words: "avant d'ajouter :", "sans préciser que"."""
    following = s.tokens[last] if last < s.last else None
    leads = following is not None and (following.low in (":", "que", "qu'") or following.quote >= 0)
    if i > s.first + 1 and s.tokens[i - 1].low == "par" and s.tokens[i - 2].low in ("fini", "finit"):
        return True
    return leads or (
        i > s.first
        and s.tokens[i - 1].low in ("de", "d'")
        and i - 1 > s.first
        and s.tokens[i - 2].low == "avant"
    )


_HAVE = frozenset(
    [
        "a",
        "ont",
        "avait",
        "avaient",
        "aurait",
        "auraient",
        "aura",
        "auront",
        "ayant",
        "avoir",
        "ait",
        "eut",
        "eurent",
        "-t",
    ]
)
_BE = frozenset(["is", "was", "were", "are", "been", "be", "being"])
_PRESENT_LIKE_PARTICIPLE = frozenset(["dit", "fait", "écrit", "décrit", "prédit", "redit"])


def _is_passive(s: Sentence, i: int) -> bool:
    """Tell whether a participle is no report: "la loi annoncée", "was praised"."""
    t = s.tokens[i]
    group = [x.low for x in s.tokens[_group_start(s, i) : i]]
    group += [
        x.low
        for x in s.tokens[s.first : i]
        if x.dep.startswith("aux") and x.quote < 0 and s.tokens[x.head] is t
    ]
    if s.lex.lang == "fr":
        if t.low in _PRESENT_LIKE_PARTICIPLE:
            return bool({"est", "sont", "été", "était", "étaient"} & set(group)) and not {"s'", "se"} & set(
                group
            )
        participle = (
            t.form == "Part" and not t.low.endswith("ant") or t.low.endswith(("é", "ée", "és", "ées"))
        )
        if not participle:
            return False
        return not (_HAVE & set(group) or {"s'", "se"} & set(group)) or "été" in group
    if not t.low.endswith("ed") and t.low not in ("told", "quoted", "written"):
        return False
    if _BE & set(group) and t.low not in ("quoted", "told"):
        return True
    comma = i > s.first and (s.tokens[i - 1].low == "," or s.tokens[i - 1].quote >= 0)
    return t.dep in ("acl", "amod") and not comma


def _group_start(s: Sentence, i: int) -> int:
    """Return the first token of the verb's group: auxiliaries, negation, clitic pronouns and adverbs before it."""
    first = i
    j = i - 1
    while j >= s.first and i - j < 9 and s.tokens[j].quote < 0:
        t = s.tokens[j]
        if (
            t.pos == "AUX"
            or t.low in s.lex.words["grammar.auxiliaries"]
            or t.low in ("n't", "not", "to")
            or (
                s.lex.lang == "fr"
                and (t.low in _OBJECT_PRONOUNS and t.pos == "PRON" or t.low in ("ne", "n'", "se", "s'"))
            )
        ):
            first = j
        elif (
            t.pos != "ADV"
            and not t.low.startswith(("-t", "-il", "-elle", "-on"))
            and not _parts_group(s, j, i)
        ):
            break
        j -= 1
    return first


def _parts_group(s: Sentence, j: int, i: int) -> bool:
    """Tell whether a word may stand between a French auxiliary and its participle: "a depuis admis"."""
    if s.lex.lang != "fr" or s.tokens[i].form != "Part":
        return False
    if s.tokens[j].pos in ("VERB", "CCONJ", "SCONJ", "QUOTE") or s.tokens[j].low in (
        "qui",
        "que",
        "qu'",
        "dont",
    ):
        return False
    return any(t.pos == "AUX" and t.low in _HAVE for t in s.tokens[max(s.first, i - 9) : j])


def _clitic(s: Sentence, i: int) -> int | None:
    """Return the position of "-t-il", "-elle" in or after the verb's group."""
    for j in [*range(i + 1, min(i + 3, s.last)), *range(max(s.first, i - 3), i)]:
        low = s.tokens[j].low
        if (
            low in ("-il", "-elle", "-ils", "-elles", "-on", "t-il", "-t-il", "-t-elle", "t-elle")
            and s.tokens[j].quote < 0
        ):
            return j
    return None


def _negated(s: Sentence, first: int, i: int) -> bool:
    window = [t.low for t in s.tokens[max(s.first, first - 3) : i]]
    if s.lex.lang == "fr":
        near = window[-6:]
        return any(w in ("ne", "n'", "sans") for w in near) or any(w.startswith("refus") for w in near[-3:])
    near = [t.low for t in s.tokens[max(s.first, min(first, i - 2)) : i]]
    return any(w in ("not", "n't", "never", "nor", "nobody", "without") for w in near) or any(
        w.startswith(("refus", "declin")) for w in window[-4:]
    )


def _source(s: Sentence, first: int, i: int, last: int, clitic: int | None) -> tuple[Phrase | None, bool]:
    if clitic is not None:
        low = s.tokens[clitic].low
        return (None if low == "-on" else Phrase(clitic, clitic + 1, clitic, pronoun=True)), True
    quote_end = _quote_before(s, first)
    if quote_end is not None:
        between = [
            p for p in bare_phrases(s.tokens, quote_end, first, s.lex) if not _is_gerund(s.tokens[p.head])
        ]
        if between:
            return between[0], False
        right = _right(s, last)
        if right is not None:
            return right, True
    elif _is_incise(s, first, last):
        right = _right(s, last)
        if right is not None:
            return right, True
    left = _left(s, first, i)
    if left is not None:
        return left, False
    return None, False


def _is_gerund(token: Token) -> bool:
    return token.low.endswith("ing") and not token.capital


def _quote_before(s: Sentence, first: int) -> int | None:
    """Return the end of the quotation that the verb's clause follows, when no other clause lies between."""
    for j in range(first - 1, s.first - 1, -1):
        t = s.tokens[j]
        if t.quote >= 0:
            whole = t.pos == "QUOTE" or (j + 1 < s.last and s.tokens[j + 1].low in (",", "-"))
            return j + 1 if whole else None
        if t.low in (":", "(", ")", "que", "qu'", "that", "who", "qui") or (
            t.pos in ("CCONJ",) and j + 1 == first
        ):
            return None
    return None


def _is_incise(s: Sentence, first: int, last: int) -> bool:
    """Tell whether an unmarked clause ends in ", estime le maire" or ", said the mayor"."""
    if first - 1 <= s.first or s.tokens[first - 1].low not in (",", "-"):
        return False
    if last < s.last and (
        s.tokens[last].low in ("que", "qu'", "that", ":", "de", "d'", "to") or s.tokens[last].quote >= 0
    ):
        return False
    opening = phrase_at(s.tokens, s.first, first, s.lex)
    if opening is not None and opening.last < first - 1 and s.tokens[opening.last].low == ",":
        return False  # "Jeanne Morel, très émue, dénonce ..."
    right = phrase_at(s.tokens, last, s.last, s.lex)
    if right is None or is_silent(s.tokens, right, s.lex):
        return False
    return (
        right.last >= s.last - 1
        or s.tokens[right.last].low in (",", ".", "-", "(")
        or s.lex.lang == "fr"
        and right.last >= s.last - 6
    )


def _right(s: Sentence, last: int) -> Phrase | None:
    """Return the first phrase after the verb that no preposition governs."""
    stop = s.last
    for j in range(last, s.last):
        if (
            s.tokens[j].quote >= 0
            or s.tokens[j].low in (":", ";", "que", "qu'", "that", "qui", "who")
            or (s.tokens[j].pos == "VERB" and j > last)
        ):
            stop = j
            break
    for phrase in bare_phrases(s.tokens, last, stop, s.lex):
        if phrase.first - last > 9:
            return None
        if s.lex.lang == "fr" and _is_bare(s, phrase):
            continue
        if not is_silent(s.tokens, phrase, s.lex) and s.tokens[phrase.head].low not in (
            "him",
            "them",
            "us",
            "me",
        ):
            return phrase
    return None


def _is_bare(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a French phrase has neither article nor capital: "a parlé debout", "a dit merci"."""
    t = s.tokens[phrase.first]
    determined = t.pos == "DET" or t.low in ("un", "une", "l'un", "l'une", "l'") or phrase.pronoun
    return not determined and not any(x.capital for x in s.tokens[phrase.first : phrase.last])


def _left(s: Sentence, first: int, i: int) -> Phrase | None:
    beside = (
        phrase_around(s.tokens, first - 1, s.first, first, s.lex)
        if first > s.first and _stands_alone(s, first - 1)
        else None
    )
    if beside is not None:
        return beside
    if first > s.first and s.tokens[first - 1].low == ",":
        over = _before_aside(s, first)
        if over is not None:
            return over
    head = _subject(s, i)
    if head is None:
        return _nearest_left(s, first) if s.tokens[i].form in ("", "Fin", "Part") else None
    if s.tokens[head].low in ("qui", "who", "which", "that", "lequel", "laquelle"):
        return _antecedent(s, head)
    if s.lex.has("grammar.never", s.tokens[head].low):
        return None
    return phrase_around(s.tokens, head, s.first, first if head < first else s.last, s.lex)


def _stands_alone(s: Sentence, i: int) -> bool:
    """Tell whether a pronoun, or "ce dernier", stands right before a verb."""
    t = s.tokens[i]
    return is_pronoun(t, s.lex) or (
        i > s.first and f"{s.tokens[i - 1].low} {t.low}" in s.lex.words["grammar.pronouns_latter"]
    )


def _before_aside(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase that an aside between commas parts from its verb: "Le Fanal, citant deux élus, rapporte"."""
    opening = max(
        (j + 1 for j in range(s.first, first) if s.tokens[j].low in _THAT and s.tokens[j].pos == "SCONJ"),
        default=s.first,
    )
    for phrase in bare_phrases(s.tokens, opening, first - 1, s.lex):
        if phrase.last < first - 1 and s.tokens[phrase.last].low == "," and s.tokens[phrase.last].quote < 0:
            if not is_silent(s.tokens, phrase, s.lex):
                return phrase
    return None


def _subject(s: Sentence, verb: int) -> int | None:
    """Climb from a verb to the subject that it shares with the verbs above it."""
    node, seen = verb, set()
    for _ in range(5):
        seen.add(node)
        kids = [
            j
            for j in range(s.first, s.last)
            if s.tokens[j].head == node
            and j != node
            and s.tokens[j].dep.startswith("nsubj")
            and s.tokens[j].quote < 0
        ]
        kids = [j for j in kids if j < max(node, verb)]
        if kids:
            return kids[-1]
        head = s.tokens[node].head
        dep = s.tokens[node].dep
        if head in seen or not s.first <= head < s.last or s.tokens[head].quote >= 0:
            return None
        if (dep in ("acl:relcl", "relcl") or dep == "acl") and is_nominal(s.tokens[head]):
            return head
        if not dep.startswith(_CLIMBS):
            return None
        node = head
    return None


def _antecedent(s: Sentence, relative: int) -> Phrase | None:
    """Return the phrase that "qui" or "who" stands for: the last before it that can speak.

    In "le chef de mission de MSF pour la Syrie qui considère", Syria does not.
    """
    end = relative
    while end > s.first and s.tokens[end - 1].pos in ("PUNCT", "ADP") and s.tokens[end - 1].quote < 0:
        end -= 1
    nearest = None
    for _ in range(4):
        phrase = _ending_at(s, end)
        if phrase is None:
            break
        nearest = nearest or phrase
        if _can_speak(s, phrase):
            return phrase
        if phrase.first <= s.first or s.tokens[phrase.first - 1].pos != "ADP":
            break
        end = phrase.first - 1
    return nearest


def _ending_at(s: Sentence, end: int) -> Phrase | None:
    """Return the longest noun phrase that ends at a position."""
    found = None
    for j in range(end - 1, max(s.first - 1, end - 12), -1):
        if s.tokens[j].quote >= 0 or s.tokens[j].pos in ("VERB", "AUX"):
            break
        if is_nominal(s.tokens[j]):
            phrase = phrase_around(s.tokens, j, s.first, end, s.lex)
            if phrase is not None and phrase.last == end:
                found = phrase if found is None or phrase.first <= found.first else found
    return found


def _can_speak(s: Sentence, phrase: Phrase) -> bool:
    words = s.tokens[phrase.first : phrase.last]
    known = any(s.lex.has("roles.any", t.low) or s.lex.has("roles.bodies", t.low) for t in words)
    return known or any(t.ent in ("PER", "PERSON", "ORG") for t in words)


def _nearest_left(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase before a verb to which the parser gave no subject, asides between commas skipped."""
    candidates = [
        p for p in bare_phrases(s.tokens, s.first, first, s.lex) if not is_silent(s.tokens, p, s.lex)
    ]
    adjacent = [p for p in candidates if p.last == first]
    if adjacent:
        return adjacent[-1]
    if first > s.first and s.tokens[first - 1].low == "," and candidates:
        return candidates[0]
    pronouns = [p for p in candidates if is_pronoun(s.tokens[p.head], s.lex)]
    return pronouns[-1] if pronouns else (candidates[0] if candidates else None)
