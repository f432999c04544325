"""Backups of the office file, and what was found when it was checked or merged."""
