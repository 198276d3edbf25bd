"""Places in articles that may answer a question: found, weighed, joined."""
