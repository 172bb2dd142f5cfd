"""Where the store is: a SQLite file or a PostgreSQL URL; a password is never shown."""

import re
from pathlib import Path
from typing import NamedTuple

from agentdesk.domain.errors import StoreError

_URL = re.compile(r"^(?P<scheme>[a-z][a-z0-9+]*)://", re.IGNORECASE)
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


class Location(NamedTuple):
    """A parsed `--store`: `path` for SQLite, `url` (postgresql://...) for PostgreSQL."""

    path: Path | None = None
    url: str | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one file."""
        return self.path is not None

    def __str__(self) -> str:
        """The place as it may be printed."""
        return str(self.path) if self.path else re.sub(r"://([^:@/]+):[^@/]*@", r"://\1:***@", self.url or "")


def parse_location(text: str) -> Location:
    """Read `--store`: a path, `sqlite:///path`, or `postgresql://...`.

    Raises:
        StoreError: the scheme is neither.
    """
    match = _URL.match(text)
    if match is None:
        return Location(path=Path(text).expanduser())
    scheme = match["scheme"].lower()
    if scheme == "sqlite":
        return Location(path=Path(text.split("://", 1)[1].removeprefix("/")).expanduser())
    if scheme in _POSTGRES:
        return Location(url=f"postgresql://{text.split('://', 1)[1]}")
    raise StoreError(f"{text}: {scheme} is no store of ours. Give a file, or postgresql://user@host/name.")
