"""Article -> its quotations and reported speech, each under the name of who said it.

The order of the rules: marks, parse, people; then sentence by sentence who speaks, with the cue beside the
words first, the neighbouring sentences next, and nobody rather than a guess.
"""

from __future__ import annotations

from dataclasses import replace

from index.languages.lexicon import lexicon
from index.models import Article, Quotation
from index.quotations.attribution.reader import ArticleReader
from index.quotations.people.kinship import name_relatives
from index.quotations.syntax.parser import read
from index.quotations.text.interposed_cues import split_at_cues
from index.quotations.text.windows import stretches
from index.text.marks import find_marked


def extract_quotations(article: Article) -> list[Quotation]:
    """Return the words that an article quotes or reports, in the order of the text, without overlap.

    Every span is a slice of ``article.text``. ``speaker`` is None when the article does not tell who spoke.
    Languages other than French and English are read with English cues and no grammar. A text longer than any
    article of the press is read in stretches, each of which names its people again: time stays linear in its length.
    """
    return name_relatives(
        [
            replace(quotation, start=start + quotation.start, end=start + quotation.end)
            for start, end in stretches(article.text)
            for quotation in _quotations(replace(article, text=article.text[start:end]))
        ]
    )


def _quotations(article: Article) -> list[Quotation]:
    lex = lexicon(article.lang)
    marked = split_at_cues(article.text, find_marked(article.text, article.lang), lex)
    return ArticleReader(article, marked, read(article.text, marked, article.lang), lex).quotations()
