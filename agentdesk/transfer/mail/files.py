"""The mails under some paths: mailboxes, Maildirs, single mails, folders of them, packed or not, in a steady order.

What is named, and what is called .eml or .mbox, is read. What else lies in a folder or an archive is read where it begins
like a mail, and else told.
"""

import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from agentdesk.domain.safe_text import line as one_line
from agentdesk.transfer.mail.box import RawMail, is_mailbox, split_mailbox
from agentdesk.transfer.mail.scan import MAX_MAIL
from agentdesk.transfer.readers.file_kinds import find_magic, is_binary
from agentdesk.transfer.readers.sources import CHUNK, MAX_RATIO, MAX_UNPACKED, RATIO_FREE, open_source
from agentdesk.transfer.refusals import DecompressionRefusedError, UnreadableFileError

_KNOWN: Final = re.compile(
    rb"(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|x-agentdesk-error)[ \t]*:",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_ENOUGH: Final = 2
"""Headers that mails have, by which a file of a folder is told to be one."""
_ZIP: Final = b"PK\x03\x04"
_MAILDIR: Final = frozenset({"cur", "new"})
REJECTS: Final = re.compile(r"\.rejects(?:[-.]\d+)?\.mbox(?:\.gz|\.\w{8})?\Z", re.IGNORECASE)
"""How the mailboxes are called into which an import puts what it did not take, and the drafts of those that were killed."""
_STAMP: Final = re.compile(r"(\d{9,10})\.")


class NotMailError(UnreadableFileError):
    """A file that was named is none of the kinds that hold mail."""

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(
            path,
            f"it is {kind}" if kind else "it holds no mail",
            "Name a mailbox (mbox), a Maildir, .eml files or a folder of them; a table of tickets is taken by "
            "`agentdesk import tickets FILE`, one of contacts by `agentdesk import contacts FILE`.",
        )


@dataclass(slots=True)
class MailFiles:
    """What some paths hold.

    Attributes:
        paths: what the user named; `-` is standard input.
        stdin: what `-` stands for.
        files: how many files held mail.
        passed_over: files of folders and archives that hold none, and links out of a folder.
        rejects: mailboxes of rejected mails that lie in folders; they are read where they are named.
    """

    paths: Sequence[str]
    stdin: BinaryIO | None = None
    files: int = 0
    passed_over: list[str] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """Of everything that was read so far."""
        return self._digest.hexdigest()

    def mails(self) -> Iterator[RawMail]:
        """Every mail, in order; once.

        Raises:
            FileRefusedError: something cannot be read, or is no mail though it was named.
        """
        for path in self.paths:
            if path != "-" and Path(path).is_dir():
                for file in _walk(Path(path)):
                    if why := _link_fault(file, Path(path)):
                        self.passed_over.append(f"{one_line(str(file))} ({why})")
                        continue
                    if REJECTS.search(file.name):
                        self.rejects.append(one_line(str(file)))
                        continue
                    yield from self._read(str(file), is_named=_is_called_mail(file.name))
            else:
                yield from self._read(path, is_named=True)

    def _read(self, path: str, *, is_named: bool) -> Iterator[RawMail]:
        with open_source(path, self.stdin) as source:
            if source.head.startswith(_ZIP) and source.path is not None:
                yield from self._unzip(source.path)
                return
            label = one_line(source.label)
            if not source.head:
                self.passed_over.append(f"{label} (it is empty)")
                return
            yield from self._mails_of(label, source.head, source.chunks(), is_named=is_named)
            self._digest.update(source.sha256.encode())

    def _mails_of(
        self, label: str, head: bytes, chunks: Iterable[bytes], *, is_named: bool
    ) -> Iterator[RawMail]:
        if is_mailbox(head):
            self.files += 1
            yield from split_mailbox(label, chunks)
        elif looks_like_mail(head) or (is_named and not self._is_no_mail(label, head)):
            self.files += 1
            yield _whole(label, chunks)
        elif is_named and label in self.paths:
            raise NotMailError(label, _binary_kind(head))
        else:
            self.passed_over.append(label)

    def _is_no_mail(self, label: str, head: bytes) -> bool:
        """Whether what was named is no mail by its name either; standard input has none."""
        if _binary_kind(head):
            return label in self.paths or label == "-"
        return label in self.paths and label != "-" and not _is_called_mail(label)

    def _unzip(self, path: Path) -> Iterator[RawMail]:
        try:
            with zipfile.ZipFile(path) as archive:
                for member in sorted(archive.infolist(), key=lambda one: one.filename):
                    if not member.is_dir():
                        yield from self._member(path, archive, member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise DecompressionRefusedError(str(path), f"the zip data is broken ({error})") from error

    def _member(self, path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[RawMail]:
        label = one_line(f"{path}/{member.filename}")
        with archive.open(member) as stream:
            head = stream.read(CHUNK)
            chunks = self._unpacked(label, head, stream, member.compress_size)  # type: ignore[arg-type]
            is_named = _is_called_mail(member.filename)
            yield from self._mails_of(label, head, chunks, is_named=is_named)

    def _unpacked(self, label: str, head: bytes, stream: BinaryIO, packed: int) -> Iterator[bytes]:
        count, data = 0, head
        while data:
            count += len(data)
            if count > RATIO_FREE and (count > MAX_RATIO * packed or count > MAX_UNPACKED):
                raise DecompressionRefusedError(label, f"it grows to more than {MAX_RATIO} times its size")
            self._digest.update(data)
            yield data
            data = stream.read(CHUNK)


def _is_called_mail(name: str) -> bool:
    """Whether a file is mail by its name: then it is never passed over."""
    return name.lower().endswith((".eml", ".mbox", ".mbx", ".mbox.gz", ".eml.gz"))


def _binary_kind(head: bytes) -> str:
    """What a file is that is no text at all; empty for text."""
    return find_magic(head) or ("a binary file" if is_binary(head) else "")


def looks_like_mail(head: bytes) -> bool:
    """Whether a text begins with headers, some of which only mails have."""
    known = 0
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:200]:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        if not _HEADER.match(line):
            return known >= _ENOUGH
        known += bool(_KNOWN.match(line))
    return known >= 1


def _whole(label: str, chunks: Iterable[bytes]) -> RawMail:
    """A file that is one mail."""
    parts: list[bytes] = []
    size = 0
    spool = None
    for chunk in chunks:
        size += len(chunk)
        parts.append(chunk)
        if size > MAX_MAIL:
            spool = spool or tempfile.TemporaryFile(prefix="agentdesk-")  # noqa: SIM115
            spool.write(b"".join(parts))
            parts.clear()
    stamp = _STAMP.match(Path(label).name)
    delivered = None
    if stamp:
        with suppress(ValueError, OverflowError, OSError):
            delivered = datetime.fromtimestamp(int(stamp[1]), UTC)
    return RawMail(label, 0, size, None if spool else b"".join(parts), spool, b"", delivered)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder, by name; what a Maildir has not yet delivered is not there yet."""

    def refuse(error: OSError) -> None:
        raise UnreadableFileError(str(error.filename), error.strerror or str(error)) from error

    for place, folders, files in os.walk(folder, onerror=refuse):  # it opens no folder behind a link
        if set(folders) >= _MAILDIR:
            folders[:] = [one for one in folders if one != "tmp"]
        folders.sort()
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted((*files, *linked)):
            yield Path(place, name)


def _link_fault(file: Path, folder: Path) -> str:
    """Why what lies in a folder is not read: what it stands for may be nobody's mail, or have no end."""
    if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
        return "a link out of the folder"
    if file.is_dir():
        return "a link to another folder"
    return "" if file.is_file() else "no file"
