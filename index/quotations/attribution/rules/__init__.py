"""The rules that name a speaker: by a cue, or without one."""
