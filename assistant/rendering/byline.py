"""A citation or a statement -> who said it and how, as the words before it tell: "selon", "a prévenu"."""

from __future__ import annotations

import re
from functools import cache

from assistant.models import Citation
from assistant.texts.catalogue import Texts
from index.languages.finite import finite, stands_alone
from index.languages.lexicon import lexicon
from index.languages.speech_acts import speech_act
from index.models import Statement
from index.text.context import is_description
from index.typography import fold

Said = Citation | Statement
"""Words in an article, as an answer cites them or a list holds them."""


def reporting(said: Said, texts: Texts) -> str:
    """How words in quotation marks were said, after the speaker's name: the article's own verb if it can stand there.

    "a-t-elle affirmé" becomes "a affirmé". Of a verb of another language only the act is told ("denied": "a démenti"),
    and where there is none, or no finite verb, a plain "said".
    """
    cue = said.quotation.cue if said.quotation else None
    if not cue or according(said):
        return plainly(said, texts)
    if said.article.lang == texts.lang:
        turned = finite(cue, texts.lang)
        return of_one(turned, said, texts) if turned and stands_alone(turned, texts.lang) else plainly(said, texts)
    act = texts.entry("byline.acts").get(speech_act(cue))
    return _agreeing(act, said, texts) if act else plainly(said, texts)


def plainly(said: Said, texts: Texts) -> str:
    """Return "said", as the speaker needs it: "a dit", "ont dit"."""
    return _agreeing(texts.get("byline.said"), said, texts)


def of_one(verb: str, said: Said, texts: Texts) -> str:
    """Return a finite verb as one person needs it whom the article names with others: "ont annoncé": "a annoncé"."""
    if _is_one(said):
        for many, one in texts.entry("byline.singular"):
            verb = re.sub(many, one, verb)
    return verb


def _is_one(said: Said) -> bool:
    """Tell whether a speaker is a person by a name, or by "a" something."""
    known, name = lexicon(said.article.lang), (told(said, said.article.lang) or "").split()
    if not name or said.quotation is None or said.quotation.speaker_kind != "person" or _is_plural(said):
        return False
    single = name[0][:1].isupper() or known.has("grammar.indefinite_articles", name[0].lower())
    return single and not any(known.has("joining.and", word) for word in name)


def _agreeing(verb: str, said: Said, texts: Texts) -> str:
    one, many = texts.entry("byline.plural")
    return re.sub(one, many, verb) if _is_plural(said) else verb


def _is_plural(said: Said) -> bool:
    words = (told(said, said.article.lang) or "").lower().replace("’", "'").split()
    if not words:
        return False
    known = lexicon(said.article.lang)
    crowd = said.quotation is not None and said.quotation.speaker_kind == "crowd"
    single = known.has("grammar.indefinite_articles", words[0])
    return known.has("grammar.plural_determiners", words[0]) or (crowd and not single)


def told(said: Said, lang: str) -> str | None:
    """Return the speaker's name as running text has it: "le syndicat des conducteurs"; None: nobody is named.

    A name with a capital stands without the article of another language than ``lang``.
    """
    if said.quotation is None or said.quotation.speaker is None:
        return None
    return _in_text(said.quotation.speaker, said.context.speaker if said.context else None, said, lang)


def other_told(said: Said, lang: str) -> str | None:
    """Return who else may have spoken, as running text has them; None: nobody else is likely."""
    if said.quotation is None or said.quotation.alternative is None:
        return None
    return _in_text(said.quotation.alternative, said.context.alternative if said.context else None, said, lang)


def _in_text(name: str, in_text: str | None, said: Said, lang: str) -> str:
    foreign = said.article.lang != lang and name[:1].isupper() and not is_description(name)
    return name if foreign or not in_text else in_text


def according(said: Said) -> bool:
    """Tell whether the article names the speaker as a source ("selon", "according to") instead of with a verb."""
    cue = fold(said.quotation.cue or "") if said.quotation else ""
    return bool(cue) and _sources(said.article.lang).match(cue) is not None


@cache
def _sources(lang: str) -> re.Pattern[str]:
    known = lexicon(lang)
    named = [re.escape(fold(source)) for source in (*known.before, *known.words["sources.opening"])]
    whole = [rf"{re.escape(fold(word))}$" for word in (*known.own, *known.words["sources.leading"])]
    return re.compile(rf"(?:{'|'.join(named + whole)})(?!\w)")


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
