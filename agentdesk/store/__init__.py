"""Transactions, dialects and durability: the only floor that knows SQLite from PostgreSQL."""
