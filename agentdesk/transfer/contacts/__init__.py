"""Contacts of any file into customers: a plan that can be read, applied and taken back."""
