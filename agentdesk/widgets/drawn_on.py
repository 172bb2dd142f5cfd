"""Where the console draws: on stderr as Textual does, on stdout where stderr goes to a file."""

import sys
from typing import TextIO


def drawn_on() -> TextIO | None:
    """The stream that is a terminal; None where neither is."""
    streams = (sys.__stderr__, sys.__stdout__)
    return next((one for one in streams if one is not None and one.isatty()), None)
