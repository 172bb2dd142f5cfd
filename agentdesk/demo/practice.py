"""The practice desk: the sample desk in a file of its own, which knows that nothing in it is real.

Law: it is never the agent's own desk, it says what it is wherever it is open, and no undo takes that away.
"""

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
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
from agentdesk.store.location import parse_location
from agentdesk.store.store import Store


def practice_place() -> Path:
    """Its file in the platform's data folder, beside the agent's own desk."""
    return user_data_path(APP) / "demo.db"


def practice_settings(settings: Settings) -> Settings:
    """The same choices over the practice desk; who one is there, the login says."""
    return replace(settings, store=str(practice_place()), agent=None)


def build_practice(settings: Settings, *, seed: int = 1, tell: Callable[[str], object]) -> None:
    """Build it in the store of the settings, unless it is there already; what could not be finished is not left behind.

    Args:
        settings: where, and in which time zone.
        seed: the same number, the same desk.
        tell: is told in a sentence what takes time, or that there is nothing to do.
    """
    location = parse_location(settings.store)
    if location.path is not None and location.path.exists():
        tell(f"{location} is there already and is used as it is. Remove it to build a new one.")
        return
    tell(f"Building a sample desk in {location} ...")
    store = Store.open(settings.store)
    try:
        build_demo(store, seed=seed, now=SystemClock().now(), login=getpass.getuser(), zone=_zone(settings))
        mark_practice(store)
    except BaseException:
        store.close()
        if location.path is not None:
            for part in ("", "-wal", "-shm"):
                Path(f"{location.path}{part}").unlink(missing_ok=True)
        raise
    store.close()


def mark_practice(store: Store) -> None:
    """Let the store know what it is; past the journal, so that nothing takes it back."""
    with store.change(SystemClock(), DESK, Origin.DEMO) as change:
        change.session.connection().execute(insert(Setting).values(agent_id=None, key=PRACTICE, value=True))


def _zone(settings: Settings) -> tzinfo:
    from tzlocal import get_localzone  # noqa: PLC0415  only where no zone was chosen

    return ZoneInfo(settings.zone) if settings.zone else get_localzone()
