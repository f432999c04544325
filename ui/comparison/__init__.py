"""Two versions of an SOP side by side: what differs, field by field and step by step."""
