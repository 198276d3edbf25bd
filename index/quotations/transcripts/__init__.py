"""Interviews, debates and minutes: words printed without marks, each turn under the label of its speaker."""
