"""Two versions of one SOP, both saved by somebody: which part is taken from which."""
