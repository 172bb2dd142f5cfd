"""Sections that reports are put together from: rows in, a `Section` out."""
