"""The changes that the editor makes to the session's SOP, and steps on the clipboard."""
