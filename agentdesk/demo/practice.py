"""The practice desk: the sample desk in a file of its own, which knows that nothing in it is real.

Law: it is never the agent's own desk, it says what it is wherever it is open, and no undo takes that away.
"""

import getpass
import glob
import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from platformdirs import user_data_path
from sqlalchemy import insert

from agentdesk.demo.build import build_demo
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import SystemClock
from agentdesk.domain.practice import PRACTICE
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import Setting
from agentdesk.settings import APP, Settings
from agentdesk.store import sqlite
from agentdesk.store.location import parse_location
from agentdesk.store.store import Store

_MAKING: Final = ".making-"
_LONGEST: Final = timedelta(hours=1)
"""A building that is older than this was killed."""


def practice_place() -> Path:
    """Its file in the platform's data folder, beside the agent's own desk."""
    return user_data_path(APP) / "demo.db"


def practice_settings(settings: Settings) -> Settings:
    """The same choices over the practice desk; who one is there, the login says."""
    return replace(settings, store=str(practice_place()), agent=None)


def build_practice(settings: Settings, *, seed: int = 1, tell: Callable[[str], object]) -> None:
    """Build it in the store of the settings, unless it is there already; one whose building was killed is built anew.

    A file has its name only once it is whole, so that nobody opens half a desk.

    Args:
        settings: where, and in which time zone.
        seed: the same number, the same desk.
        tell: is told in a sentence what takes time, or that there is nothing to do.
    """
    location = parse_location(settings.store)
    path = location.path
    if path is not None and path.exists():
        if not is_unfinished(path):
            tell(f"{location} is there already and is used as it is. Remove it to build a new one.")
            return
        tell(f"The sample desk in {location} was not finished: it is built anew.")
        _remove(path)
    tell(f"Building a sample desk in {location} ...")
    if path is None:
        _build(settings.store, settings, seed)
        return
    making = path.with_name(f"{path.name}{_MAKING}{os.getpid()}")
    try:
        _clear(path)
        _build(str(making), settings, seed)
        making.replace(path)
    finally:
        _remove(making)


def is_unfinished(path: Path) -> bool:
    """Whether nobody ever finished making the desk in a file: it holds nothing, or no agent who could work there."""
    if path.is_file() and path.stat().st_size == 0:
        return True
    try:
        with closing(sqlite.connect(path, read_only=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if "agent" not in tables:
                return not tables
            return connection.execute("SELECT 1 FROM agent LIMIT 1").fetchone() is None
    except sqlite.driver().Error:  # a file of another kind is not ours to take
        return False


def _build(place: str, settings: Settings, seed: int) -> None:
    store = Store.open(place)
    try:
        build_demo(store, seed=seed, now=SystemClock().now(), login=getpass.getuser(), zone=_zone(settings))
        mark_practice(store)
    finally:
        store.close()


def _clear(path: Path) -> None:
    """Remove what was left of buildings that were killed."""
    long_ago = (SystemClock().now() - _LONGEST).timestamp()
    for one in path.parent.glob(f"{glob.escape(path.name)}{_MAKING}*"):
        with suppress(OSError):
            if one.stat().st_mtime < long_ago:
                one.unlink()


def _remove(path: Path) -> None:
    for part in ("", "-wal", "-shm"):
        Path(f"{path}{part}").unlink(missing_ok=True)


def mark_practice(store: Store) -> None:
    """Let the store know what it is; past the journal, so that nothing takes it back."""
    with store.change(SystemClock(), DESK, Origin.DEMO) as change:
        change.session.connection().execute(insert(Setting).values(agent_id=None, key=PRACTICE, value=True))


def _zone(settings: Settings) -> tzinfo:
    from tzlocal import get_localzone  # noqa: PLC0415  only where no zone was chosen

    return ZoneInfo(settings.zone) if settings.zone else get_localzone()
