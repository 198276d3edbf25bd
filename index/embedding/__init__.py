"""Texts -> vectors: the embedding model that comes with the packages, or another."""
