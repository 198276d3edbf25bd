"""Parsed text: tokens, noun phrases, proper names, words of time."""
