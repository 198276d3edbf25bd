"""A text in parts: paragraphs, sentences, quotation marks, passages, names, fingerprints."""
