"""Nothing foreign acts on a terminal: every command and every screen, over a store full of hostile text."""
