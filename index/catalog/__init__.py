"""The catalog: the truth about what is indexed."""

from index.catalog.catalog import Catalog, open_catalog
from index.catalog.copying import Place, copy_catalog
from index.catalog.exact_search import Found
from index.catalog.jobs import Job, JobKind, JobState, JobTable, NewJob
from index.catalog.likely import Extent, Nearness
from index.catalog.people_views import PeopleOrder, PersonFilter
from index.catalog.rows import Unit, Vectors
from index.catalog.units import UnitTable, joined
from index.catalog.versions import Outcome
from index.catalog.views import ArticleFilter, Order, StatementFilter
from index.catalog.writing import Reading, Requoted

__all__ = [
    "ArticleFilter",
    "Catalog",
    "Extent",
    "Found",
    "Job",
    "JobKind",
    "JobState",
    "JobTable",
    "Nearness",
    "NewJob",
    "Order",
    "Outcome",
    "PeopleOrder",
    "PersonFilter",
    "Place",
    "Reading",
    "Requoted",
    "StatementFilter",
    "Unit",
    "UnitTable",
    "Vectors",
    "copy_catalog",
    "joined",
    "open_catalog",
]
