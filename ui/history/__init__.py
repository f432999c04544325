"""What an SOP was and which SOPs there were: earlier saves, and those taken out of the list."""
