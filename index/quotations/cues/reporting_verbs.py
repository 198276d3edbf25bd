"""Whether a word reports speech where it stands: by its form, its auxiliaries, what comes before and after it."""

from __future__ import annotations

from index.quotations.syntax.noun_phrases import Sentence, phrase_at
from index.quotations.syntax.parser import QUOTE

_OBJECT_PRONOUNS = frozenset(
    ["lui", "leur", "nous", "vous", "se", "s'", "me", "m'", "te", "t'", "y", "en", "l'", "le", "la", "les"]
)


def must_speak(s: Sentence, i: int, spoken: bool) -> bool:
    """Tell whether a verb of any meaning reports words, by its place.

    Examples: « ... », soupèse le maire; "...," she winced.
    """
    token = s.tokens[i]
    if token.pos != "VERB" or token.quote >= 0 or token.form == "Inf" or spoken:
        return False
    first = group_start(s, i)
    if s.lex.lang == "fr":
        beside = first > s.first and (
            s.tokens[first - 1].quote >= 0
            or (s.tokens[first - 1].low == "," and first - 1 > s.first and s.tokens[first - 2].quote >= 0)
        )
        subject = clitic(s, i) is not None or phrase_at(s.tokens, i + 1, s.last, s.lex) is not None
        return beside and subject and not token.low.endswith("ant")
    opens = s.tokens[s.first].pos == QUOTE and all(t.pos != "VERB" for t in s.tokens[s.first : i])
    quote_end = next((j for j in range(i, s.first - 1, -1) if s.tokens[j].quote >= 0), None)
    if not opens or quote_end is None or token.form == "Part" and token.low.endswith("ing"):
        return False
    between = s.tokens[quote_end + 1 : first]
    return len(between) < 8 and not any(t.low in (".", "who", "which", "that", "is", "was") for t in between)


def is_verb(s: Sentence, i: int, last: int) -> bool:
    """Tell whether the form at i is a verb that reports here; ``last`` is one past the cue."""
    token, previous = s.tokens[i], s.tokens[i - 1] if i > s.first else None
    following = s.tokens[last] if last < s.last else None
    unknown = token.pos == "X" and previous is not None and previous.low in _HAVE  # "a tweeté"
    verbal = token.pos in ("VERB", "AUX") or unknown
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
    if _is_wanted(s, i):
        return True
    return leads or (
        i > s.first and s.tokens[i - 1].low in ("de", "d'") and i - 1 > s.first and s.tokens[i - 2].low == "avant"
    )


def _is_wanted(s: Sentence, i: int) -> bool:
    """Tell whether an infinitive behind the marks is what somebody wanted to say: « ... », a tenu à préciser X."""
    modal = False
    for j in range(i - 1, max(s.first - 1, i - 9), -1):
        t = s.tokens[j]
        if t.quote >= 0:
            return modal
        modal = modal or s.lex.has("grammar.modals", t.low)
        if not modal and t.low not in ("à", "de", "d'", "par", "bon", "pas") and t.pos != "ADV":
            return False
        if modal and t.pos in ("NOUN", "PROPN", "SCONJ", "DET"):
            return False
    return False


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
    group = [x.low for x in s.tokens[group_start(s, i) : i]]
    group += [x.low for x in s.tokens[s.first : i] if x.dep.startswith("aux") and x.quote < 0 and s.tokens[x.head] is t]
    if s.lex.lang == "fr":
        if t.low in _PRESENT_LIKE_PARTICIPLE:
            return bool({"est", "sont", "été", "était", "étaient"} & set(group)) and not {"s'", "se"} & set(group)
        participle = t.form == "Part" and not t.low.endswith("ant") or t.low.endswith(("é", "ée", "és", "ées"))
        if not participle:
            return False
        shared = _shares_auxiliary(s, i)
        return not (_HAVE & set(group) or {"s'", "se"} & set(group) or shared) or "été" in group
    if not t.low.endswith("ed") and t.low not in ("told", "quoted", "written"):
        return False
    if _BE & set(group) and t.low not in ("quoted", "told"):
        return True
    comma = i > s.first and (s.tokens[i - 1].low == "," or s.tokens[i - 1].quote >= 0)
    return t.dep in ("acl", "amod") and not comma


def _shares_auxiliary(s: Sentence, i: int) -> bool:
    """Tell whether a participle goes on with the auxiliary of the verb before: "a fait appel et promis de"."""
    if i - 1 <= s.first or s.tokens[i - 1].low not in ("et", "puis") or s.tokens[i].form != "Part":
        return False
    leads = i + 1 < s.last and (s.tokens[i + 1].low in ("de", "d'", "que", "qu'", ":") or s.tokens[i + 1].quote >= 0)
    for j in range(i - 2, max(s.first, i - 12), -1):
        if s.tokens[j].form == "Fin":
            return leads and s.tokens[j].low in _HAVE
    return False


def group_start(s: Sentence, i: int) -> int:
    """Return the first token of the verb's group: of the auxiliaries, negation, clitics and adverbs before it."""
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
        elif t.pos != "ADV" and not t.low.startswith(("-t", "-il", "-elle", "-on")) and not _parts_group(s, j, i):
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


def clitic(s: Sentence, i: int) -> int | None:
    """Return the position of "-t-il", "-elle" in or after the verb's group."""
    nearby: list[int] = [*range(i + 1, min(i + 3, s.last)), *range(max(s.first, i - 3), i)]
    for j in nearby:
        low = s.tokens[j].low
        if (
            low in ("-il", "-elle", "-ils", "-elles", "-on", "t-il", "-t-il", "-t-elle", "t-elle")
            and s.tokens[j].quote < 0
        ):
            return j
    return None


def negated(s: Sentence, first: int, i: int) -> bool:
    """Tell whether the verb at i is denied or refused: nothing is reported then."""
    window = [t.low for t in s.tokens[max(s.first, first - 3) : i]]
    if s.lex.lang == "fr":
        near = window[-6:]
        return any(w in ("ne", "n'", "sans") for w in near) or any(w.startswith("refus") for w in near[-3:])
    near = [t.low for t in s.tokens[max(s.first, min(first, i - 2)) : i]]
    return any(w in ("not", "n't", "never", "nor", "nobody", "without") for w in near) or any(
        w.startswith(("refus", "declin")) for w in window[-4:]
    )
