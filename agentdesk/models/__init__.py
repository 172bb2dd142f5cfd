"""Tables, one noun a file: columns, constraints, version; no behaviour."""
