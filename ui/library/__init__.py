"""The list of an office file's SOPs, by unit, with search and statuses."""
