"""A practice desk, on which nothing is real: how the store knows it, and what every door calls it."""

from typing import Final

PRACTICE: Final = "practice"
"""The setting of the desk that is set once, by whoever builds a practice desk; no command sets or unsets it."""
PRACTICE_DESK: Final = "practice desk"
NOTHING_IS_REAL: Final = f"{PRACTICE_DESK}: nothing in it is real"
