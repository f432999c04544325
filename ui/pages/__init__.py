"""A sheet's pages on a painter and on the screen; nothing here edits."""
