"""Pieces that draw rows and emit messages."""
