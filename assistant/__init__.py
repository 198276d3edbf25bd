"""Questions in: a question becomes an answer made of quotations, each at its place in an article."""
