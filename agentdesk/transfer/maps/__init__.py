"""Maps that say which column is what: drafted, read, kept by name."""
