"""Article -> its quotations and reported speech, each under the name of who said it.

The order: marks, parse, people; then sentence by sentence whom the rules name, with the cue beside the words first
and the neighbouring sentences next; then, over everybody who may have spoken, who most probably did, and nobody
rather than a guess.
"""

from __future__ import annotations

from dataclasses import replace

from index.models import Article, Quotation
from index.quotations.attribution.reader import open_reader
from index.quotations.people.kinship import name_relatives
from index.quotations.text.windows import stretches


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
            for quotation in open_reader(replace(article, text=article.text[start:end])).quotations()
        ]
    )
