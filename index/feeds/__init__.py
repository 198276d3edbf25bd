"""Feeds that are watched: read again on a schedule, their new entries added."""
