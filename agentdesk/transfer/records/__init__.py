"""Records that are no people and no tickets: organizations, orders, feedback, calls, articles, each a table of fields.

A kind of record is one file with a `Kind` in it and a line in `catalog.py`; reading, matching, dry run, rejects, batches
and drafted maps follow from it.
"""
