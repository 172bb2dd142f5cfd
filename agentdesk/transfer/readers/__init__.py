"""Files as tables, whatever their kind, encoding and dialect."""
