"""Tickets of other systems, with the history they had there."""
