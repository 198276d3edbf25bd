"""Words within a sentence -> the verb of saying that leads to them there: "a dit qu'elle viendrait « en mars »"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.rendering.byline import according, of_one, plainly
from assistant.rendering.pieces import Words
from assistant.texts.catalogue import Texts
from index.languages.finite import finite, is_nonfinite
from index.languages.lexicon import lexicon
from index.languages.patterns import one_of
from index.typography import fold, shadow

LONGEST = 200
"""Characters between a verb of saying and the words that it leads to, at most."""
_OPENING = ' «“„"'
_WORD = re.compile(r"\w+'?")


@dataclass(frozen=True, slots=True)
class Lead:
    """A verb, what joins it to the article's words, and where those begin."""

    verb: str
    joint: str
    start: int


def lead_to(words: Words, texts: Texts) -> Lead | None:
    """Return the verb that leads to words in their sentence, as it stands behind the speaker's name.

    None: no verb of the speaker's stands before them, or one of another language, or something parts it from them.
    """
    start = _behind_cue(words, texts.lang)
    if start is None or words.said.context is None:
        return None
    between = shadow(words.said.context.between(start, words.start)).strip(_OPENING)
    turned = finite(words.cue, texts.lang)
    if turned == words.cue and _leads_on(between, texts.lang):
        return Lead(of_one(words.cue, words.said, texts), "" if between else _left_out(words, texts), start)
    if turned is None and begins_with_that(between, texts.lang):
        return Lead(plainly(words.said, texts), "", start)
    return None


def _behind_cue(words: Words, lang: str) -> int | None:
    """Return where the cue before words ends; None: there is none, it is denied, or its subject stands behind it."""
    context = words.said.context
    if context is None or not words.cue or words.said.article.lang != lang or according(words.said):
        return None
    before = context.between(words.sentence[0], words.start)
    at = before.rfind(words.cue)
    start = words.sentence[0] + at + len(words.cue)
    parted = _is_parted(words, start, context.between(start, words.start))
    return None if at < 0 or parted or _is_denied(before[:at], lang) else start


def _is_parted(words: Words, start: int, between: str) -> bool:
    """Tell whether a paragraph's end, the verb's subject or much else stands between a verb and words."""
    mention = words.said.quotation.mention_start if words.said.quotation else None
    return "\n" in between or len(between) > LONGEST or (mention is not None and start <= mention < words.start)


def _leads_on(between: str, lang: str) -> bool:
    """Tell whether what stands between a verb and words joins them; an aside in commas does not, but with "that"."""
    aside = between.startswith(",") and "," not in between[1:]
    return not between.endswith(",") and (not aside or _that(lang).search(between) is not None)


def _is_denied(before: str, lang: str) -> bool:
    """Tell whether what stands before a verb denies it: "n'a jamais dit"."""
    words = _WORD.findall(fold(before[-40:]))[-4:]
    return any(lexicon(lang).has("grammar.negation", word) for word in words)


def _left_out(words: Words, texts: Texts) -> str:
    """Return the word that a clause may do without, and reads better with: "said (that) the road was closed"."""
    known = lexicon(texts.lang)
    verbs = [known.verbs[word] for word in words.cue.lower().split() if word in known.verbs]
    says = any("say" in verb.groups for verb in verbs) and not words.in_marks
    clause = says and known.words["grammar.omitted"] and not is_nonfinite(words.said.quote, texts.lang)
    return f" {texts.get('byline.that')}" if clause else ""


def without_that(text: str, lang: str) -> str:
    """Return a text without the word like "that" that it begins with, if it does."""
    found = _that(lang).match(shadow(text))
    return text[found.end() :].lstrip() if found else text


def begins_with_that(text: str, lang: str) -> bool:
    """Tell whether a text begins with a word like "that"."""
    return _that(lang).match(shadow(text).lstrip()) is not None


def ends_with_that(text: str, lang: str) -> bool:
    """Tell whether a text ends with a word like "that"."""
    return re.search(_that(lang).pattern + r"\s*$", shadow(text), re.IGNORECASE) is not None


@cache
def _that(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\s)){one_of(lexicon(lang).words['grammar.that'])}(?:(?<=')|\b)", re.IGNORECASE)
