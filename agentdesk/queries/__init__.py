"""Every read: portable SQL in, frozen rows out; nothing here writes."""
