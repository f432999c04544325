"""What is odd in the SOP that is looked at: shown beside it, never in the way."""
