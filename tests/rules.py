"""What the rules say of an article, before marks, and everybody who may have spoken, are weighed."""

from __future__ import annotations

from index.models import Article, Quotation
from index.quotations.attribution.reader import open_reader
from index.quotations.people.kinship import name_relatives


def quotations_by_rule(article: Article) -> list[Quotation]:
    """Return the quotations of an article, each under whom the rules name."""
    reader = open_reader(article)
    reader.read()
    return name_relatives([span.named() for span in reader.settled()])
