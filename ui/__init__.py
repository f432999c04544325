"""The window: panels over one session. Never touches SQLite, ReportLab or openpyxl itself."""
