"""Contacts from any file."""
