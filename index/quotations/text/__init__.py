"""Text before it is parsed: long texts in windows, cues that stand inside marks."""
