"""How a sentence repeats what was typed: in one kind of quotes, on one line, not too long."""

SHOWN = 40


def quoted(text: object, most: int = SHOWN) -> str:
    """`“text”`; what does not print is a dot, what is too long ends in an ellipsis."""
    flat = "".join(char if char.isprintable() else "·" for char in str(text))
    return f"“{flat[:most]}…”" if len(flat) > most else f"“{flat}”"
