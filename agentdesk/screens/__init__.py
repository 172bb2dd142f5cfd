"""One screen or dialog a file, with its style sheet beside it."""
