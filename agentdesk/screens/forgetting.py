"""What Textual would keep of what has gone: a console that is open for a day does not grow."""

from typing import Any, Final

from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets._toast import ToastHolder

STYLES: Final = 2048
"""Styles whose codes may be kept: Textual has one for every place that text was painted at, and keeps 16,384 of them."""


def forget_closed(app: Any) -> None:
    """Textual keeps every widget that watched the app, and what was painted of the last thousand: not of screens that went.

    The codes of styles go when there are more than `STYLES`.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [one for one in watchers if not one[0]._closing]  # noqa: SLF001  Textual's own test
    StylesCache.get_inner_outer.cache_clear()
    if Strip.render_ansi.cache_info().currsize > STYLES:
        Strip.render_ansi.cache_clear()


def forget_toasts(screen: Screen[Any], told: set[str]) -> None:
    """Textual takes away a toast that is no longer told, but not what held it: a list that stays open gathers them all.

    Args:
        screen: Where they are.
        told: The identities of the notifications that still are.
    """
    for one in screen.query(ToastHolder):
        if (one.id or "").removeprefix("--textual-toast-") not in told:
            one.remove()
