"""Exact search: what a reader writes -> what is looked for, and where it stands among words."""
