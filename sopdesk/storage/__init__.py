"""The office file: an SQLite database that several clerks share, and what keeps it sound.

Knows the values of `document`; nothing of sheets, formats or windows.
"""
