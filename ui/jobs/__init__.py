"""Long work in a child process, watched and cancelled from the window."""
