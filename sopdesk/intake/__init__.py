"""From files of other programs to values. Reads only; knows nothing of the office file or of Qt."""
