"""Article -> its quotations and reported speech, each under the name of who said it.

The order: marks, parse, people; then sentence by sentence whom the rules name, with the cue beside the words first
and the neighbouring sentences next; then, over everybody who may have spoken, who most probably did, and nobody
rather than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.embedding.token_states import TokenStates
from index.models import Article, Extraction, Person, Quotation
from index.quotations.attribution.headline import name_by_headline
from index.quotations.attribution.reader import open_reader
from index.quotations.people.kinship import name_relatives
from index.quotations.text.windows import stretches
from index.quotations.transcripts.reader import with_turns


def extract(article: Article, model: TokenStates | None = None) -> Extraction:
    """Return the words that an article quotes or reports, without overlap, and the people that it names.

    Every span is a slice of ``article.text``. ``speaker`` is None when the article does not tell who spoke.
    Languages other than French and English are read with English cues and no grammar. A text longer than any
    article of the press is read in stretches, each of which names its people again: time stays linear in its length.

    Args:
        article: the article.
        model: shows what words mean where they stand; None: speakers are told by the rest of the evidence.
    """
    read = ((start, open_reader(article, start, end, model).extraction()) for start, end in stretches(article.text))
    return joined(article, read)


def joined(article: Article, read: Iterable[tuple[int, Extraction]]) -> Extraction:
    """Return what is said in an article, of what was read in each of its stretches, told by where it begins."""
    quotations: list[Quotation] = []
    people: dict[tuple[str, str], Person] = {}
    for start, found in read:
        named = name_by_headline(article.text, found.quotations) if start == 0 else found.quotations
        quotations += [quotation.moved(start) for quotation in named]
        for person in found.people:
            key = person.name, person.kind
            people[key] = people[key].and_also(person.moved(start)) if key in people else person.moved(start)
    return with_turns(article, Extraction(tuple(name_relatives(quotations)), tuple(people.values())))


def extract_quotations(article: Article, model: TokenStates | None = None) -> list[Quotation]:
    """Return the quotations alone (see ``extract``)."""
    return list(extract(article, model).quotations)
