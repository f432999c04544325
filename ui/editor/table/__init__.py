"""The step table, its columns and rows, and the bars of its actors and flow tables."""
