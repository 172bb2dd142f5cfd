"""Tickets of other systems."""
