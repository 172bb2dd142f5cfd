"""The outside world: mail in, mail out."""
