"""The vector index: passages and quotations by the nearness of their vectors.

Chroma holds the vectors for one process at a time (``ChromaVectors``); it is derived from the catalog and rebuilt
from it. Any other process searches the catalog's own vectors (``CatalogVectors``) with the same results.
"""

from index.vectors.chroma import Row, unit_id
from index.vectors.chroma_index import ChromaVectors
from index.vectors.exact import CatalogVectors, VectorIndex
from index.vectors.opening import Inspection, inspect, open_vectors

__all__ = ["CatalogVectors", "ChromaVectors", "Inspection", "Row", "VectorIndex", "inspect", "open_vectors", "unit_id"]
