"""The reporting words beside a quotation -> the same as they stand behind a name: a finite verb of saying."""

from __future__ import annotations

import re
from functools import cache

from index.languages.data_files import languages, table
from index.languages.lexicon import Lexicon, lexicon
from index.languages.patterns import one_of
from index.typography import shadow

_BEFORE_WORDS = frozenset({"say", "manner", "object"})
"""The groups of verbs that words in quotation marks may follow."""
_BEFORE_CLAUSES = frozenset({"say", "think"})
"""The groups of verbs that a clause with "that" may follow, but for those of these groups."""
_BEFORE_NO_CLAUSE = frozenset({"clauseless", "dependent"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")


def finite(cue: str, lang: str) -> str | None:
    """Return a cue as it stands behind its subject: "a-t-elle lancé" -> "a lancé".

    None: it is no finite verb of saying ("ajoutant", "to put it", "ran"), or of no language that is known.
    """
    if lang not in languages():
        return None
    known, turned = lexicon(lang), _turned(cue, lang)
    words = [word.lower() for word in _WORD.findall(shadow(turned))]
    verbs = [word for word in words if _is_verb(word, known)]
    heads = [word for word in words if word in verbs or known.has("grammar.auxiliaries", word)]
    return turned if verbs and _is_finite(heads[0], words[0], known) else None


def _turned(cue: str, lang: str) -> str:
    """Return a cue without the pronoun that stands behind its verb."""
    kept, at = "", 0
    for found in _inverted(lang).finditer(shadow(cue)):
        kept, at = kept + cue[at : found.start()], found.end()
    return (kept + cue[at:]).strip(" ,")


def stands_alone(cue: str, lang: str) -> bool:
    """Tell whether a finite cue can lead to words without more: "a dit : « ... »", but not "a qualifié : « ... »"."""
    known = lexicon(lang)
    words = [word.lower() for word in _WORD.findall(shadow(cue))]
    verbs = [known.verbs[word] for word in words if word in known.verbs]
    groups = {group for verb in verbs for group in verb.groups}
    return not words[-1].endswith("'") and bool(groups & _BEFORE_WORDS) and "dependent" not in groups


def takes_clause(cue: str, lang: str) -> bool:
    """Tell whether a clause with "that" can follow a finite cue: "a dit que", but not "a chiffré que"."""
    known = lexicon(lang)
    words = [word.lower() for word in _WORD.findall(shadow(cue))]
    groups = [known.verbs[word].groups for word in words if word in known.verbs]
    clauseless = any(group & _BEFORE_NO_CLAUSE for group in groups)
    return not groups or (not clauseless and any(group & _BEFORE_CLAUSES for group in groups))


def is_nonfinite(clause: str, lang: str) -> bool:
    """Tell whether a clause begins with an infinitive or a participle: "to come", "having said so"."""
    words = [word.lower() for word in _WORD.findall(clause)][:1]
    tense = table(lang, "verbs")["tense"]
    return any(word == tense["infinitive"] or re.search(tense["nonfinite"], word) for word in words)


def _is_verb(word: str, known: Lexicon) -> bool:
    return word in known.verbs or word in known.phrases


def _is_finite(head: str, first: str, known: Lexicon) -> bool:
    tense = table(known.lang, "verbs")["tense"]
    infinitive = first == tense["infinitive"] or (head in known.verbs and known.verbs[head].lemma == head)
    return not infinitive and re.search(tense["nonfinite"], head) is None


@cache
def _inverted(lang: str) -> re.Pattern[str]:
    """The pronouns that stand behind their verb: "dit-elle"."""
    words = lexicon(lang).words
    lists = ("grammar.pronouns_m", "grammar.pronouns_f", "grammar.pronouns_plural", "grammar.never")
    pronouns = {word for each in lists for word in words[each] if word.startswith("-")}
    return re.compile(rf"(?:{one_of(pronouns)})\b(?!-)", re.IGNORECASE) if pronouns else re.compile(r"(?!)")
