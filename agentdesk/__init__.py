"""AgentDesk: a keyboard-first agent console for customer service, in the terminal."""

__version__ = "0.1.0"
