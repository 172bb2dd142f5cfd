"""One report a file, each building a Document; renderers turn documents into formats."""
