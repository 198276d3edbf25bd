"""Articles in: files become articles, passages and quotations in a catalog and a vector index."""
