"""A small network that points from words to the mention whose words they are."""
