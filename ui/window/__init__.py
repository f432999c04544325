"""The main window: it puts panels and commands together and holds no logic of its own."""
