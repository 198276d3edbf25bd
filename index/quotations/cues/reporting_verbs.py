"""Whether a word reports speech where it stands: by its form, its auxiliaries, what comes before and after it."""

from __future__ import annotations

from index.quotations.cues.subjects import subject_after
from index.quotations.cues.verb_groups import clitic, group_start
from index.quotations.syntax.noun_phrases import Sentence, phrase_at
from index.quotations.syntax.parser import QUOTE, Token

_VERBAL = ("VERB", "AUX")
_NEAR = 8
"""Tokens between marks and a verb that belongs to them, and between a modal verb and its infinitive."""
_DISTANT = 7
"""Tokens between a verb and the clause that it reports."""
_SHARED = 12
"""Tokens between an auxiliary and the second participle that shares it."""


def must_speak(s: Sentence, i: int, spoken: bool) -> bool:
    """Tell whether a verb of any meaning reports words, by its place.

    Examples: « ... », soupèse le maire; "...," she winced.
    """
    token = s.tokens[i]
    if token.pos != "VERB" or token.quote >= 0 or token.form == "Inf" or spoken:
        return False
    if s.lex.has("syntax.traits", "inversion"):
        return _is_inverted_beside_marks(s, i)
    return _follows_opening_marks(s, i)


def _is_inverted_beside_marks(s: Sentence, i: int) -> bool:
    """Tell whether a verb stands right behind marks, its subject behind it: « ... », soupèse le maire."""
    before = group_start(s, i) - 1
    beside = s.is_marked(before) or (s.low(before) == "," and s.is_marked(before - 1))
    subject = clitic(s, i) is not None or subject_after(s, i + 1) is not None
    return beside and subject and not s.lex.ends("endings.present_participle", s.low(i))


def _follows_opening_marks(s: Sentence, i: int) -> bool:
    """Tell whether a verb is the first, and near, behind marks that open a sentence: "...," the mayor winced."""
    token = s.tokens[i]
    if s.pos(s.first) != QUOTE or any(t.pos == "VERB" for t in s.tokens[s.first : i]):
        return False
    if token.form == "Part" and s.lex.ends("endings.present_participle", token.low):
        return False
    quote_end = next(j for j in range(i, s.first - 1, -1) if s.is_marked(j))
    between = s.tokens[quote_end + 1 : group_start(s, i)]
    return len(between) < _NEAR and not any(_goes_on(s, t) for t in between)


def _goes_on(s: Sentence, token: Token) -> bool:
    """Tell whether another clause goes on behind marks: "..." is what the mayor winced at."""
    return token.low == "." or s.lex.has("verb_groups.goes_on", token.low)


def is_verb(s: Sentence, i: int, last: int) -> bool:
    """Tell whether the form at i is a verb that reports here; ``last`` is one past the cue."""
    token = s.tokens[i]
    if not _is_verbal(s, i) and not _stands_as_verb(s, i, last):
        return False
    if token.capital and i > s.first and not token.text.isupper():
        return False
    return _is_told_behind_marks(s, i) or (_may_introduce(s, i, last) and not _is_passive(s, i))


def _may_introduce(s: Sentence, i: int, last: int) -> bool:
    """Tell whether a form is no infinitive, or one that leads to words."""
    infinitive = s.tokens[i].form == "Inf" and s.lex.has("syntax.traits", "infinitives")
    return not infinitive or _introduces(s, i, last)


def _is_told_behind_marks(s: Sentence, i: int) -> bool:
    """Tell whether a form can only be a verb with its subject, whatever the parser says: « ... », avertit la maire."""
    if not s.lex.has("syntax.traits", "inversion") or s.low(i - 1) not in (",", "«»"):
        return False
    named = i + 1 < s.last and s.tokens[i + 1].capital
    participle = s.lex.ends("endings.past_participle", s.low(i)) and not named
    return s.pos(i) in _VERBAL and not participle and _is_inverted_beside_marks(s, i)


def _is_verbal(s: Sentence, i: int) -> bool:
    """Tell whether the parser sees a verb, or a foreign word behind an auxiliary: "a tweeté"."""
    unknown = s.pos(i) == "X" and s.has(i - 1, "verb_groups.perfect_auxiliaries")
    return s.pos(i) in _VERBAL or unknown


def _stands_as_verb(s: Sentence, i: int, last: int) -> bool:
    """Tell whether a word that the parser takes for a noun stands where a verb does: « ... », note le maire."""
    return not _is_determined(s, i) and (_follows_marks(s, i) or _leads_to_words(s, last) or _has_object(s, i, last))


def _is_determined(s: Sentence, i: int) -> bool:
    """Tell whether an article stands before a word, adjectives between left out: "a different | note"."""
    before = i - 1
    while before > s.first and s.pos(before) == "ADJ" and not s.is_marked(before):
        before -= 1
    return s.pos(before) == "DET"


def _has_object(s: Sentence, i: int, last: int) -> bool:
    """Tell whether a word between a name and what a colon ends is its verb: "Ada Pike critique Tom Reed : « ... »"."""
    before = next((s.pos(j) for j in range(i - 1, s.first - 1, -1) if s.pos(j) != "PROPN"), "")
    named = s.pos(i - 1) == "PROPN" and s.tokens[i].low == s.tokens[i].text and before not in ("DET", "PRON")
    object_ = phrase_at(s.tokens, last, s.last, s.lex) if named else None
    return object_ is not None and s.low(object_.last) == ":" and s.is_marked(object_.last + 1)


def _follows_marks(s: Sentence, i: int) -> bool:
    """Tell whether a word stands behind marks, a comma, a reflexive or an auxiliary: "se | plaint", "so | said"."""
    punctuated = s.is_marked(i - 1) or s.low(i - 1) == ","
    small = s.has(i - 1, "verb_groups.reflexives") or s.has(i - 1, "verb_groups.thus")
    return punctuated or small or s.pos(i - 1) == "AUX"


def _leads_to_words(s: Sentence, last: int) -> bool:
    """Tell whether what is said follows a cue: "that", a colon, marks, "avoir", or the verb's own subject."""
    clause = s.has(last, "grammar.that") or s.has(last, "clauses.infinitive_openers") or _clause_follows(s, last)
    marks = s.low(last) == ":" or s.is_marked(last) or (s.low(last) == "," and s.pos(last + 1) == QUOTE)
    return clause or marks or s.has(last, "verb_groups.inverted_subjects")


def _clause_follows(s: Sentence, last: int) -> bool:
    """Tell whether "que" follows within a few words, no verb between: "estime pour sa part que"."""
    for j in range(last, min(last + _DISTANT, s.last)):
        if s.has(j, "clauses.distant_that") and s.pos(j) == "SCONJ":
            return True
        if s.is_marked(j) or s.pos(j) in _VERBAL:
            return False
    return False


def _introduces(s: Sentence, i: int, last: int) -> bool:
    """Tell whether an infinitive leads to words: "avant d'ajouter", "finit par dire", "sans préciser que"."""
    leads = s.low(last) == ":" or s.has(last, "grammar.that") or s.is_marked(last)
    led = s.has_pair(i - 2, "verb_groups.before_infinitive") or s.has_pair(i - 2, "verb_groups.in_the_end")
    return leads or led or s.has(i - 1, "verb_groups.passing_on") or _is_wanted(s, i)


def _is_wanted(s: Sentence, i: int) -> bool:
    """Tell whether an infinitive behind the marks is what somebody wanted to say: « ... », a tenu à préciser X."""
    modal = False
    for j in range(i - 1, max(s.first - 1, i - _NEAR - 1), -1):
        if s.is_marked(j):
            return modal
        modal = modal or s.has(j, "grammar.modals")
        if not _may_follow_modal(s, j, modal):
            return False
    return False


def _may_follow_modal(s: Sentence, j: int, modal: bool) -> bool:
    """Tell whether a word may stand between a modal verb and its infinitive, or between marks and that modal."""
    if modal:
        return s.pos(j) not in ("NOUN", "PROPN", "SCONJ", "DET")
    return s.has(j, "verb_groups.modal_links") or s.pos(j) == "ADV"


def _is_passive(s: Sentence, i: int) -> bool:
    """Tell whether a participle is no report: "la loi annoncée", "was praised"."""
    group = _auxiliaries(s, i)
    if _is_undergone(s, i):
        return True
    if s.has(i, "verb_groups.present_or_participle"):
        return _any(s, group, "verb_groups.be") and not _any(s, group, "verb_groups.reflexives")
    if s.lex.has("syntax.traits", "participles"):
        return _is_participle(s, i) and not _is_perfect(s, i, group)
    return _is_past_participle(s, i) and (_opens(s, i) or _is_praised(s, i, group) or _belongs_to_noun(s, i))


def _auxiliaries(s: Sentence, i: int) -> set[str]:
    """Return the words of a verb's group before it, with the auxiliaries that the parser gives it."""
    group = {t.low for t in s.tokens[group_start(s, i) : i]}
    before = s.tokens[s.first : i]
    return group | {
        t.low for t in before if t.dep.startswith("aux") and t.quote < 0 and s.tokens[t.head] is s.tokens[i]
    }


def _any(s: Sentence, words: set[str], key: str) -> bool:
    return not s.lex.words[key].isdisjoint(words)


def _is_participle(s: Sentence, i: int) -> bool:
    """Tell whether a word is a past participle, by its ending if the parser does not say so: "annoncées"."""
    t = s.tokens[i]
    present = s.lex.ends("endings.present_participle", t.low) or _is_present(s, t.low)
    return (t.form == "Part" and not present) or _is_past_participle(s, i)


def _is_present(s: Sentence, low: str) -> bool:
    """Tell whether a form can only be the present tense, whatever the parser says: "résume"."""
    return s.lex.ends("suffixes.third_person", low) and not s.lex.ends("suffixes.past_participle", low)


def _is_perfect(s: Sentence, i: int, group: set[str]) -> bool:
    """Tell whether a participle is that of the perfect tense: "a annoncé", "s'est plaint", not "a été annoncé"."""
    perfect = _any(s, group, "verb_groups.perfect_auxiliaries") or _any(s, group, "verb_groups.reflexives")
    return (perfect or _shares_auxiliary(s, i)) and not _any(s, group, "verb_groups.been")


def _is_past_participle(s: Sentence, i: int) -> bool:
    """Tell whether a word has the form of a past participle, which may be a past tense too: "praised", "told"."""
    return s.lex.ends("endings.past_participle", s.low(i)) or s.has(i, "verb_groups.irregular_participles")


def _opens(s: Sentence, i: int) -> bool:
    """Tell whether a participle opens its sentence: "Told of the verdict, X said"."""
    return i == s.first and s.tokens[i].form == "Part"


def _is_undergone(s: Sentence, i: int) -> bool:
    """Tell whether a participle tells what somebody is called: "Reed, described as “shy”", « Morel, décrit comme »."""
    parted = s.low(i - 1) == "," and s.has(i + 1, "clauses.as")
    return parted and s.tokens[i].form == "Part" and not s.is_marked(i - 2)


def _is_praised(s: Sentence, i: int, group: set[str]) -> bool:
    """Tell whether somebody undergoes the verb: "was praised", but not "was quoted as saying"."""
    return _any(s, group, "verb_groups.be") and not s.has(i, "verb_groups.speaking_passives")


def _belongs_to_noun(s: Sentence, i: int) -> bool:
    """Tell whether a participle tells more of the noun before it: "the ferry praised by all"."""
    parted = s.low(i - 1) == "," or s.is_marked(i - 1)
    return s.tokens[i].dep in ("acl", "amod") and not parted


def _shares_auxiliary(s: Sentence, i: int) -> bool:
    """Tell whether a participle goes on with the auxiliary of the verb before: "a fait appel et promis de"."""
    if not s.has(i - 1, "verb_groups.sequels") or s.tokens[i].form != "Part":
        return False
    leads = s.low(i + 1) == ":" or s.has(i + 1, "clauses.complement_openers") or s.is_marked(i + 1)
    finite = (j for j in range(i - 2, max(s.first, i - _SHARED), -1) if s.tokens[j].form == "Fin")
    shared = next(finite, None)
    return leads and shared is not None and s.has(shared, "verb_groups.perfect_auxiliaries")
