"""What a stranger calls a file becomes a name that can be written into a folder, and into that folder alone.

Laws: `safe_file_name` is idempotent; what it returns is one name without a folder, not hidden, no option of a
command, no device of Windows, of at most 150 bytes, and never empty.
"""

import re
import unicodedata
from typing import Final

from agentdesk.domain.safe_text import UNSAFE

MAX_BYTES: Final = 150
NAMELESS: Final = "file"
LARGEST: Final = 25_000_000
"""Bytes of one file on a message: what mail servers take."""

_SEPARATORS: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')  # what Windows takes in no name
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|\Z))", re.IGNORECASE
)
_LONGEST_ENDING: Final = 20


def safe_file_name(name: object) -> str:
    r"""Return a name for a file that its sender called `name`.

    Args:
        name: data from a mail or a person: `../../etc/passwd`, `C:\x`, `invoice.pdf`.

    Returns:
        The last part of it without controls and bidirectional marks, in NFC, so that what is seen is what is written;
        `file` where nothing is left.
    """
    text = "" if name is None else str(name)
    last = next((part for part in reversed(_SEPARATORS.split(text)) if part.strip(" .")), "")
    plain = unicodedata.normalize("NFC", "".join(sign for sign in last if ord(sign) not in UNSAFE))
    # Normalising can neither bring back a control nor a separator, but what is stripped can bare what is.
    kept = _trimmed(_FORBIDDEN.sub("_", plain))
    if _DEVICE.match(kept):
        kept = f"_{kept}"
    return _trimmed(_shortened(kept)) or NAMELESS


def numbered(name: str, number: int) -> str:
    """`invoice (2).pdf`: what a second file of one name is called; still a safe name."""
    stem, ending = _split(name)
    return _shortened(stem, f" ({number}){ending}")


def say_size(size: int) -> str:
    """A size as people read it: `812 B`, `14 kB`, `2.3 MB`."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")


def _trimmed(name: str) -> str:
    return name.lstrip(" .-~\u3000").rstrip(" .")


def _split(name: str) -> tuple[str, str]:
    """The name and its ending; `archive.tar.gz` ends in `.gz`, and a long ending is none."""
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and len(ending.encode()) < _LONGEST_ENDING else (name, "")


def _shortened(name: str, ending: str | None = None) -> str:
    """The name in at most `MAX_BYTES`, with its ending whole and no character cut in two."""
    stem, tail = _split(name) if ending is None else (name, ending)
    room = MAX_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore") + tail
