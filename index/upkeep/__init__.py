"""Keeping a data directory whole: checks, repair, backups, the journal of what is being added."""
