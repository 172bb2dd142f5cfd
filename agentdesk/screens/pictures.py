"""When a screen is painted: at once after a key, and not yet where a picture is not worth its bytes.

Law: a held key ends in one picture, not in a queue of them. What is put off is painted by the next tick of Textual's
timer that finds it worth painting: a quarter of a second later at most, unless the line itself is behind.
"""

import os
from time import monotonic
from typing import Any, Final

from textual.screen import Screen

FRAME: Final = 1 / 60
"""Seconds between two pictures; a first one after a rest need not wait."""
HELD: Final = 1 / 12
"""Seconds between two pictures of a held key over ssh: each costs its bytes, and only the last is looked at."""
REPEAT: Final = 1 / 15
"""Keys that follow each other faster than this are one key that is held."""
LATEST: Final = 1 / 4
"""Seconds after which a picture comes although more keys wait, so that a long burst is seen to move."""
IS_REMOTE: Final = bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


class Pictures(Screen[Any]):
    """A screen that paints when it is worth it."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._is_painted, self._painted_at = False, 0.0

    def first_painted(self) -> None:
        """Called once the first picture is on the terminal."""

    def on_idle(self) -> None:
        """Paint what a key has changed at once: Textual would wait for its next sixtieth of a second."""
        if not self._is_painted or not self._dirty_widgets or self._layout_required or self._scroll_required:
            return
        if monotonic() - self._painted_at >= FRAME:
            self._on_timer_update()

    def _on_timer_update(self) -> None:
        """Paint, unless it is too early; then the timer asks again."""
        if self._is_painted and self._is_early():
            self._update_timer.resume()
            return
        self._painted_at = monotonic()
        super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Draw nothing inside a batch: Textual would draw it all, throw it away, and draw it again."""
        if self.app._batch_count:  # noqa: SLF001  there is no public way to ask
            self.refresh()
            return
        super()._compositor_refresh()
        if self.is_mounted and not self._is_painted:
            self._is_painted = True
            self.first_painted()

    def _is_early(self) -> bool:
        """Whether the line has yet to take the last picture, more keys wait, or a key is held over ssh."""
        if self._is_line_behind():
            return True
        since = monotonic() - self._painted_at
        if getattr(self.app, "has_more_keys", False):
            return since < LATEST
        return IS_REMOTE and getattr(self.app, "key_gap", REPEAT) < REPEAT and since < HELD

    def _is_line_behind(self) -> bool:
        writer = getattr(self.app._driver, "_writer_thread", None)  # noqa: SLF001  there is no public way to ask
        return writer is not None and not writer._queue.empty()  # noqa: SLF001
