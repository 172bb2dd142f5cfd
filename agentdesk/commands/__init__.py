"""Every command an agent can give, once: its id, its keys, its words. Footer, palette, help and docs read it here."""
