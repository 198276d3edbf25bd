"""The doors that are tried, and what each is tried with at first."""

from __future__ import annotations

from pathlib import Path

_FORMS = ["html", "md", "jsonl", "json", "csv", "xlsx", "eml", "mbox", "xml", "rtf", "srt", "vtt", "docx", "odt"]
DOORS = {"text": "txt", "transcript": "txt", **{form: form for form in (*_FORMS, "epub", "mhtml", "pdf")}}
"""What comes in where, each with the suffix of its files; exports of press databases are among the seeds of several."""
SEEDS = Path(__file__).parents[1] / "data" / "seeds"
