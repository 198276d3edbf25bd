"""What the rules say of an article, before everybody who may have spoken is weighed."""

from __future__ import annotations

from index.models import Article, Quotation
from index.quotations.attribution.reader import open_reader
from index.quotations.people.kinship import name_relatives


def quotations_by_rule(article: Article) -> list[Quotation]:
    """Return the quotations of an article, each under whom the rules name."""
    return name_relatives([span.named() for span in open_reader(article).mentions().found])
