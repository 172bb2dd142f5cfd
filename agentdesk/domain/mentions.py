"""Agents that a note names: `@ana`. An e-mail address names nobody."""

import re
from typing import Final

MENTION: Final = re.compile(r"(?<![\w@.+-])@([^\W_][\w.+-]*)")


def handles_in(text: str) -> list[str]:
    """The handles named in a text, each once, in the order in which they are; a full stop ends a sentence, not a name."""
    return list(dict.fromkeys(found.group(1).rstrip(".-+") for found in MENTION.finditer(text)))
