"""A quotation in its sentence -> the cue that governs it."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.cues.analysed_sentences import QuotedTokens
from index.quotations.cues.cues import Cue
from index.quotations.cues.subjects import can_speak, subject_before_verb
from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_nominal, phrase_around, phrase_at
from index.quotations.syntax.parser import Token

_THAT = frozenset(("que", "qu'", "that"))


def governing_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the cue whose words a quotation is, or None.

    A quotation that opens its sentence takes the cue to its right; any other the nearest to its left that can
    govern it, then the cue to its right, then a source ("selon elle") anywhere in the sentence.
    """
    left = _left_cue(s, q, cues, fragment)
    right = _right_cue(s, q, cues, fragment)
    opens = all(t.pos == "PUNCT" or t.quote >= 0 for t in s.tokens[s.first : q.first])
    nearest = (right or left) if opens or _is_repeated(s, q, right) else (left or right)
    return nearest or _source_anywhere(cues)


def _source_anywhere(cues: Sequence[Cue]) -> Cue | None:
    """Return a source ("selon elle") wherever it stands in the sentence."""
    return next((c for c in cues if c.kind == "preposition" and c.source is not None), None)


def _right_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the first cue after a quotation that can be its own."""
    for cue in cues:
        if cue.first < q.last or cue.source is None or (cue.negated and not cue.is_in("say")):
            continue
        between = [t for t in s.tokens[q.last : cue.first] if t.quote < 0]
        if cue.kind == "preposition":
            return cue
        if any(t.low in ("qui", "who", ":") for t in between) and not (between[-1].low == "," or cue.inverted):
            return None
        if _reports_more(s, cue):
            continue
        if fragment and not _closes_sentence(s, q, cue):
            continue
        return cue
    return None


def _is_repeated(s: Sentence, q: QuotedTokens, cue: Cue | None) -> bool:
    """Tell whether a French cue says again who spoke the words before it: « ... », comme l'a lancé X."""
    if cue is None:
        return False
    before = [t.low for t in s.tokens[q.last : cue.first + 1] if t.quote < 0 and t.low not in (",", "l'", "a", "ont")]
    return cue.inverted and before[:1] in (["comme"], ["ainsi"]) and len(before) < 3


def _reports_more(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue goes on with a clause of its own ("affirme que")."""
    return any(t.low in _THAT and t.quote < 0 and t.pos != "DET" for t in s.tokens[cue.last : cue.last + 2])


def _closes_sentence(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a cue after a fragment is an incise (", a-t-il dit"), not the main verb of a sentence."""
    starts = min(cue.first, cue.source.first) if cue.source is not None else cue.first
    before = s.tokens[starts - 1]
    beside = before.quote >= 0 or (before.low in (",", "-", "as") and starts >= q.last) or _is_repeated(s, q, cue)
    determined = q.first > s.first and s.tokens[q.first - 1].pos == "DET"
    return beside and (not determined or any(t.form == "Fin" for t in s.tokens[s.first : q.first]))


def _left_cue(s: Sentence, q: QuotedTokens, cues: Sequence[Cue], fragment: bool) -> Cue | None:
    """Return the nearest cue before a quotation that can govern it."""
    for cue in reversed(cues):
        if cue.last > q.first or cue.kind != "verb" or (cue.negated and not cue.is_in("say")):
            continue
        between = [t for t in s.tokens[cue.last : q.first] if t.quote < 0]
        lows = [t.low for t in between]
        if s.tokens[cue.first - 1].low == "qui" and cue.first > s.first and _has_own_subject(s, cue.last, q.first):
            continue  # "la pétition qui attaque l'État, X est « surpris »"
        if lows[-1:] == [":"]:
            return cue
        if _leads_to(s, cue, q, fragment):
            if fragment and (_is_named_thing(s, q, cue) or _is_announced(s, q, cue)):
                return None
            return cue
        if cue.is_in("manner") and not (cue.is_in("say") or cue.is_in("object")):
            continue
        if any(low in _THAT for low in lows):
            return cue
        if cue.is_in("object") or (not fragment and (lows[-1:] == [","] or s.lex.lang == "en")):
            return cue
        if _is_interposed(s, cue, q):
            return cue
        if s.lex.lang == "en" and cue.is_in("say") and q.last - q.first != 3 and s.tokens[q.first - 1].pos != "DET":
            return cue
        if s.lex.lang == "en" and any(t.dep == "ccomp" and t.head == cue.at for t in s.tokens[s.first : s.last]):
            return cue
    return None


def _has_own_subject(s: Sentence, start: int, stop: int) -> bool:
    """Tell whether a clause about a person begins at a comma between two positions."""
    for i in range(start, stop - 2):
        if s.tokens[i].low == "," and s.tokens[i].quote < 0:
            phrase = phrase_at(s.tokens, i + 1, stop, s.lex)
            head = s.tokens[phrase.head] if phrase is not None and not phrase.pronoun else None
            if head is not None and (head.ent == "PER" or s.lex.has("roles.any", head.low)):
                return any(t.form == "Fin" and t.quote < 0 for t in s.tokens[i:stop])
    return False


def _is_announced(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a few words behind an article name what is announced: "annonce un « pacte du câble »"."""
    determined = s.tokens[q.first - 1].pos == "DET" and s.lex.lang == "fr"
    if cue.is_in("feeling") and s.lex.has("grammar.possessive", s.tokens[q.first - 1].low):
        return False  # "confie sa « stupeur »"
    short = sum(t.pos != "PUNCT" for t in s.tokens[q.first : q.last]) < 5
    return determined and short and not cue.is_in("object") and not cue.is_in("think")


def _is_named_thing(s: Sentence, q: QuotedTokens, cue: Cue) -> bool:
    """Tell whether a short fragment is a word held at a distance: "wrote of a “ghost bus”"."""
    before = s.tokens[q.first - 2 : q.first]
    short = sum(t.quote == s.tokens[q.first].quote and t.pos not in ("PUNCT",) for t in s.tokens[q.first : q.last]) < 4
    of = len(before) == 2 and before[0].low == "of" and before[1].low in ("a", "an", "the")
    return of and short and cue.is_in("say")


def _is_beside(between: Sequence[Token]) -> bool:
    """Tell whether only small words part a cue from the marks.

    Examples:     "a annoncé avoir", "scandant, entre autres,".
    """
    return len(between) < 6 and all(
        t.pos in ("DET", "ADP", "PUNCT", "AUX", "ADV") or t.low == "autres" for t in between
    )


def _leads_to(s: Sentence, cue: Cue, q: QuotedTokens, fragment: bool) -> bool:
    """Tell whether a cue stands beside the marks, or beside those spoken to."""
    between = [t for t in s.tokens[cue.last : q.first] if t.quote < 0]
    return _is_beside(between) or (not fragment and _is_addressed(s, cue, q))


def _is_addressed(s: Sentence, cue: Cue, q: QuotedTokens) -> bool:
    """Tell whether only those spoken to stand between a cue and whole words: "asked the minister, “...”"."""
    comma = q.first - 1
    phrase = phrase_at(s.tokens, cue.last, comma, s.lex)
    return phrase is not None and phrase.last == comma and s.tokens[comma].low == "," and s.tokens[comma].quote < 0


def _is_interposed(s: Sentence, cue: Cue, q: QuotedTokens) -> bool:
    """Tell whether a cue stands between the words it reports: "A, he said, B"; « A », dit-il, « B »."""
    starts = min(cue.first, cue.source.first) if cue.source is not None else cue.first
    ends = max(cue.last, cue.source.last) if cue.source is not None and cue.inverted else cue.last
    before = s.tokens[starts - 1] if starts > s.first else None
    beside = before is not None and (before.quote >= 0 or before.low in (",", "-"))
    after = [t for t in s.tokens[ends : q.first] if t.quote < 0]
    if beside and after and (after[0].low == "," or len(after) < 12 and after[-1].low in (",", ".")):
        return True
    return beside and any(t.quote >= 0 for t in s.tokens[s.first : q.first]) and len(after) < 12


def colon_source(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return the phrase that stands before a colon and a quotation, when no verb does: "Achterhof: ..."."""
    i = q.first - 1
    if i < s.first or s.tokens[i].low != ":":
        return None
    phrases = bare_phrases(s.tokens, s.first, i, s.lex)
    phrases = [p for p in phrases if not s.tokens[p.first].text[:1].isdigit() and _may_speak(s, p, i)]
    if phrases and (phrases[0].first == s.first or phrases[-1].last == i):
        phrase = phrases[0] if phrases[0].first == s.first else phrases[-1]
        return phrase if can_speak(s, phrase) else _belongs_to(s, i) or phrase
    return _belongs_to(s, i)


def _may_speak(s: Sentence, phrase: Phrase, colon: int) -> bool:
    """Tell whether a phrase before a colon may be who speaks.

    "plus bas : « ... »", "5.02pm: ..." name nobody, nor does "Grève à l'hôpital : « ... »", where the capital is the
    sentence's.
    """
    words = s.tokens[phrase.first : phrase.last]
    topic = phrase.first == s.first and words[0].pos == "NOUN" and (len(words) > 1 or phrase.last < colon)
    named = any(t.capital or t.pos == "DET" for t in words[topic:])
    return phrase.pronoun or can_speak(s, phrase) or named


def _belongs_to(s: Sentence, colon: int) -> Phrase | None:
    """Return the person named last before a colon: "The last word belongs to Chief Marisol Okafor: ..."."""
    for i in range(max(s.first, colon - 10), colon):
        if s.tokens[i].low in ("to", "à", "au", "from", "of", "de", "par", "by") and s.tokens[i].quote < 0:
            phrase = phrase_around(s.tokens, i + 1, i + 1, colon, s.lex) if i + 1 < colon else None
            if (
                phrase is not None
                and phrase.last == colon
                and any(t.ent in ("PER", "PERSON") for t in s.tokens[phrase.first : phrase.last])
            ):
                return phrase
    return None


def subject_before(s: Sentence, q: QuotedTokens, inside: str) -> Phrase | None:
    """Return the phrase whose verb the marks hold.

    Examples: "Son cabinet « ne commente pas »", "le Conseil a « enjoint au ministre »".
    """
    head = q.first - 1
    if head < s.first:
        return None
    felt = s.lex.lang == "fr" and any(s.lex.has("grammar.feelings", word) for word in inside.split()[:3])
    if felt and s.tokens[head].low in ("est", "sont", "était", "étaient"):
        return subject_before_verb(s, head, head)  # "X est « agréablement surpris »"
    verb = next((i for i in range(q.first + 1, min(q.first + 4, q.last)) if s.tokens[i].form == "Fin"), None)
    if verb is not None and s.tokens[head].low in (",", "et", "and", "qui", "who"):
        return subject_before_verb(s, q.first, verb)  # "La ministre, X, « félicite »"; "X gagne et « remercie »"
    if s.tokens[head].low in ("a", "ont", "n'a", "n'ont") and s.tokens[head].pos in ("AUX", "VERB"):
        named = subject_before_verb(s, head - (s.tokens[head - 1].low in ("n'", "ne")), head)
        if named is not None:
            return named
    if s.tokens[head].low in ("a", "ont", "avait", "has", "had", "have") and s.tokens[head].pos == "AUX":
        head -= 1
    elif not (
        inside.lower().startswith(("ne ", "n'", "n’", "does ", "will ", "would ", "has ", "is "))
        or any(t.form == "Fin" for t in s.tokens[q.first + 1 : q.first + 2])
    ):
        return None
    if head < s.first or not is_nominal(s.tokens[head]) or s.tokens[head].low == "été":
        return None
    return phrase_around(s.tokens, head, s.first, head + 1, s.lex)


def agent_of(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return by whom somebody is called what the marks hold: "décrit comme « ... » par une voisine"."""
    if s.lex.lang != "fr":
        return None
    by = q.last if q.last < s.last and s.tokens[q.last].low == "par" else None
    for i in range(q.first - 1, max(s.first, q.first - 10) - 1, -1):
        t = s.tokens[i]
        if t.quote >= 0 or t.form == "Fin" or t.pos == "PUNCT":
            return None
        verb = s.lex.verbs.get(t.low)
        if verb is not None and t.form == "Part" and not t.low.endswith("ant") and verb.groups & {"object", "think"}:
            return _agent(s, by) if by is not None and not _is_active(s, i) else None
        if t.low == "par" and by is None:
            by = i
    return None


def _agent(s: Sentence, by: int) -> Phrase | None:
    phrase = phrase_at(s.tokens, by + 1, s.last, s.lex)
    return phrase if phrase is not None and (phrase.pronoun or can_speak(s, phrase)) else None


def _is_active(s: Sentence, participle: int) -> bool:
    """Tell whether "a", without "été", makes a participle a verb of its own: "a qualifié", not "a été qualifié"."""
    before = [t.low for t in s.tokens[max(s.first, participle - 4) : participle]]
    return any(low in ("a", "ont", "avait", "avaient", "aurait", "ayant") for low in before) and "été" not in before


def answer_of(s: Sentence, q: QuotedTokens) -> Phrase | None:
    """Return whose reply words are said to be: "“We stand by it” was the firm's reply"."""
    if q.last + 2 >= s.last or s.tokens[q.last].low not in ("is", "was"):
        return None
    for i in range(q.last + 1, min(q.last + 8, s.last - 1)):
        if s.tokens[i].low in ("'s", "'") and s.lex.has("nouns.words", s.tokens[i + 1].low):
            return phrase_at(s.tokens, q.last + 1, i, s.lex)
    return None


def is_reason(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether French marks only say what something was done for, in nobody's words: "primé pour ses « ... »"."""
    i = q.first - 1
    while i > s.first and s.tokens[i].pos in ("DET", "ADJ") and s.tokens[i].quote < 0:
        i -= 1
    return i >= s.first and s.tokens[i].low == "pour" and s.tokens[i].quote < 0
