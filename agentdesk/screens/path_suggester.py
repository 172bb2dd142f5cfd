"""A path that is typed, and the first that goes on from it."""

import asyncio
from pathlib import Path

from textual.suggester import Suggester


class PathSuggester(Suggester):
    """Offers the first file or folder that goes on from what was typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path, a folder with its slash."""
        return await asyncio.to_thread(going_on, value)


def going_on(typed: str) -> str | None:
    """The first path that begins as was typed; None where there is none, or it could not be shown as it is."""
    head, slash, tail = typed.rpartition("/")
    try:
        folder = Path(f"{head}{slash}" or ".").expanduser()
        near = sorted(one.name for one in folder.iterdir() if one.name.startswith(tail))
        shown = [one for one in near if (tail or not one.startswith(".")) and one.isprintable()]
        if not shown:
            return None
        return f"{head}{slash}{shown[0]}{'/' if (folder / shown[0]).is_dir() else ''}"
    except (OSError, ValueError, RuntimeError):
        return None
