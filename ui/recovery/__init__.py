"""Recovery copies: unsaved work is kept while it is typed, and offered after a crash."""
