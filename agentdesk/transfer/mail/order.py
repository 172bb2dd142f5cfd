"""What is asked of an import of mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from agentdesk.transfer.kept_order import read_order, tell_order
from agentdesk.transfer.mail.life import Ending
from agentdesk.transfer.unfinished import ResumeError, Unfinished

STDIN: Final = "-"
_FOLDER: Final = "folder"


@dataclass(frozen=True, slots=True)
class MailImport:
    """What to import, and how.

    Attributes:
        paths: mailboxes, Maildirs, single mails and folders of them; `-` is standard input.
        ours: addresses, or `@domain`, whose mails are the desk's own.
        status: how tickets end, a word of `Ending`.
        dry_run: count, and write nothing.
        rejects: where rejected mails go; beside the first path by default.
        stdin: the stream that stands for standard input.
    """

    paths: Sequence[str]
    ours: Sequence[str] = ()
    status: str = Ending.AUTO.value
    dry_run: bool = False
    rejects: Path | None = None
    stdin: BinaryIO | None = None


def tell_mail(order: MailImport) -> dict[str, Any]:
    """An order as its batch keeps it; the paths as they were named, and the folder that they were named in.

    Of what comes from standard input no path is kept: it cannot be read again.
    """
    paths = [] if STDIN in order.paths else list(order.paths)
    return tell_order(order, paths=paths, ours=list(order.ours), **{_FOLDER: str(Path.cwd())})


def read_mail_order(found: Unfinished) -> MailImport:
    """The order of an import; paths are absolute, but where they say the same in the folder that one is in."""
    told = found.order
    folder = Path(str(told.get(_FOLDER) or "."))
    is_here = folder == Path.cwd()
    paths = [path if is_here else str(folder / path) for path in told["paths"]]
    return read_order(MailImport, told, paths=paths, ours=tuple(told["ours"]))


def moved_to(paths: Sequence[str], file: Path, number: int) -> list[str]:
    """The one path by another name.

    Raises:
        ResumeError: several were named.
    """
    if len(paths) > 1:
        raise ResumeError(
            f"Import {number} read {len(paths)} paths, so one file does not say where they are: put them back, then: "
            f"agentdesk import resume {number}"
        )
    return [str(file)]
