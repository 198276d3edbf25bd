"""What tells that somebody speaks: reporting verbs, prepositions, and their subjects."""
