"""Records in, records out: files, formats, the plan of an import, its application."""
