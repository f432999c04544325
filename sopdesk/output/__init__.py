"""From values and sheets to files of other programs, each whole or not there.

Knows nothing of the office file or of Qt.
"""
