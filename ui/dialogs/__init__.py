"""What is asked in a dialog, and the one way of asking."""
