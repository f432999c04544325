"""The fields that text is typed into: how it is marked, wraps and completes."""
