"""Files that travel with the program: faces, icons, wording, the example office, setting up."""
