"""The terms of a query as SQL: states, texts, and values of fields."""
