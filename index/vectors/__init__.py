"""The vector index: passages and quotations by the nearness of their vectors.

Chroma holds the vectors, in a folder for one process at a time (``ChromaVectors``) or on a server for any number of
them (``ServedVectors``); it is derived from the catalog and rebuilt from it. Whoever cannot have it searches the
catalog's own vectors (``CatalogVectors``) with the same results.
"""

from index.vectors.chroma import Row, unit_id
from index.vectors.chroma_index import ChromaVectors
from index.vectors.exact import CatalogVectors, VectorIndex
from index.vectors.opening import Inspection, inspect, inspect_server, open_vectors
from index.vectors.paced import PacedVectors
from index.vectors.served import ServedVectors

__all__ = [
    "CatalogVectors", "ChromaVectors", "Inspection", "PacedVectors", "Row", "ServedVectors", "VectorIndex", "inspect",
    "inspect_server", "open_vectors", "unit_id",
]  # fmt: skip
