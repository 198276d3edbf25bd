"""The catalog: the truth about what is indexed."""

from index.catalog.catalog import Catalog, Outcome, Reading, Unit, Vectors, open_catalog

__all__ = ["Catalog", "Outcome", "Reading", "Unit", "Vectors", "open_catalog"]
