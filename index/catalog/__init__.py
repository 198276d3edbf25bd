"""The catalog: the truth about what is indexed."""

from index.catalog.catalog import Catalog, Outcome, Reading, Unit, Vectors, open_catalog
from index.catalog.views import ArticleFilter, Order, StatementFilter

__all__ = [
    "ArticleFilter",
    "Catalog",
    "Order",
    "Outcome",
    "Reading",
    "StatementFilter",
    "Unit",
    "Vectors",
    "open_catalog",
]
