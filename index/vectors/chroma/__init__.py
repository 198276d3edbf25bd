"""Chroma: a folder of this machine's, or a collection of a server; its types end here."""

from index.vectors.chroma.collection import Row, rows_of, unit_id
from index.vectors.chroma.folder import DATABASE, SAVING, ChromaFolder, logged, open_collection, save, save_every
from index.vectors.chroma.server import ServerCollection, opened, require_ours

__all__ = [
    "DATABASE", "SAVING", "ChromaFolder", "Row", "ServerCollection", "logged", "open_collection", "opened",
    "require_ours", "rows_of", "save", "save_every", "unit_id",
]  # fmt: skip
