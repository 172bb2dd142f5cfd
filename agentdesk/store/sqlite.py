"""SQLite as we open it: the newest library there is, our own file only, 0600, durable, foreign keys on.

`synchronous=FULL` keeps what was confirmed across a power cut; NORMAL does not.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from agentdesk.domain.errors import StoreError

APPLICATION_ID = 0x41474453
"""`AGDS` in the file header: what tells our file from any other database."""
SCHEMA_VERSION = 5
"""Kept in `user_version`; one more for each migration."""
_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "vboxsf"}

READ_PRAGMAS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "busy_timeout=5000",
    "query_only=ON",
    "cache_size=-16000",
)
WRITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "busy_timeout=50",
    "journal_size_limit=67108864",
    "cache_size=-16000",
)


def driver() -> ModuleType:
    """`pysqlite3` where its wheel exists, else Python's own module."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415  not every platform has the wheel
    except ImportError:
        import sqlite3  # noqa: PLC0415

        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can corrupt a WAL file shared by processes (sqlite.org: fixed in 3.51.3, 3.50.7, 3.44.6)."""
    return not any(version >= fixed and (fixed[1] == 51 or version[:2] == fixed[:2]) for fixed in _FIXED)


def connect(path: Path, *, read_only: bool) -> Any:
    """Open a connection in autocommit with our settings; the caller begins its own transactions."""
    connection = driver().connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in READ_PRAGMAS if read_only else WRITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def check_place(path: Path) -> None:
    """Refuse what can never be a store of ours, before anything is created.

    Raises:
        StoreError: a directory, no permission, or a network file system.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a directory. Name a file in it, for example {path / 'desk.db'}.")
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise StoreError(f"{path} is not a regular file. Name another file.")
    if (kind := _file_system(path)) in _NETWORK:
        raise StoreError(
            f"{path} is on a network file system ({kind}), where SQLite is not safe. Use PostgreSQL."
        )
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"{path} cannot be written. Change its permissions, or name another file.")


def _file_system(path: Path) -> str:
    best = ("", "")
    target = str(path.absolute().parent)
    with suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
            before, _, after = line.partition(" - ")
            mount = before.split()[4]
            if (target + "/").startswith(mount.rstrip("/") + "/") and len(mount) >= len(best[0]):
                best = (mount, after.split()[0])
    return best[1]


def create_file(path: Path) -> None:
    """Make an empty 0600 file in a 0700 folder, so that the write-ahead log inherits the mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            return
        raise StoreError(
            f"{path} cannot be created: {error.strerror}. Name another place with --store."
        ) from None


def remove_unused(path: Path) -> bool:
    """Remove a store that holds no change but the one that set it up; False where it holds more or somebody has it open."""
    module = driver()
    connection = module.connect(str(path), isolation_level=None, timeout=0)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")  # refused while another connection is open
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("SELECT count(*) FROM change").fetchone()[0] > 1:
            return False
        path.unlink()
    except (module.DatabaseError, OSError):
        return False
    finally:
        connection.close()
    return True


def schema_version(path: Path) -> int:
    """The version a file carries: 0 for an empty one.

    Raises:
        StoreError: not a database, not ours, or written by a newer AgentDesk.
    """
    module = driver()
    try:
        connection = connect(path, read_only=True)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        finally:
            connection.close()
    except module.DatabaseError as error:
        raise StoreError(
            f"{path} is not an AgentDesk store ({error}). Name another file with --store."
        ) from None
    if tables and application != APPLICATION_ID:
        raise StoreError(f"{path} is a database of another program. Name another file with --store.")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer AgentDesk (schema {version}, this one knows {SCHEMA_VERSION}). Update."
        )
    return version
