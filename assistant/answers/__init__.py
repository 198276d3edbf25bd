"""From a question to its answer: find, compose, verify; and what to ask next."""
