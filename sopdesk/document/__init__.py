"""The values of an SOP and the pure functions over them; everything else in the house reads these.

Knows nothing of files, pages or screens.
"""
