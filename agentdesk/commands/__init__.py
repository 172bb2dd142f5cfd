"""Every command of the console, once."""
