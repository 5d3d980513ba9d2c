"""The SQLite side: schema, rows and events. Knows nothing of `tracker` or of "overdue"."""
