"""Why a whole file is refused: one class per reason, each sentence names the place and the next step.

A fault of one row is not here: it is a value (`rows.Fault`) and the rest of the file is read.
"""

from collections.abc import Sequence

from agentdesk.domain.errors import AgentDeskError


class FileRefusedError(AgentDeskError):
    """A file that is not read, or not read to its end."""


class UnreadableFileError(FileRefusedError):
    """The path is missing, no regular file, or may not be opened."""

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{path} cannot be read: {reason}." + (f" {hint}" if hint else ""))


class FileChangedError(FileRefusedError):
    """Somebody wrote to the file while it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} changed while it was read; wait until it is complete and import it again.")


class DecompressionRefusedError(FileRefusedError):
    """A compressed file is broken, or grows beyond all reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path} was not unpacked: {reason}. Unpack it yourself, look at it, then import the result."
        )


class EmptyFileError(FileRefusedError):
    """There is not even a header."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is empty: a header row with the names of the columns is needed.")


class NotTextError(FileRefusedError):
    """The first bytes belong to a workbook or another binary file."""

    def __init__(self, path: str, kind: str = "") -> None:
        told = f", it is {kind}" if kind else ""
        super().__init__(f"{path} is not a text file{told}. Save it as CSV (UTF-8) and import that file.")


class NoTableError(FileRefusedError):
    """A text of a kind that is not read."""

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(
            f"{path} is {kind}, which cannot be imported yet. Export it as CSV (UTF-8) and import that file."
        )


class NoMarkError(FileRefusedError):
    """The caller named an encoding that begins with a mark, and the file does not begin so."""

    def __init__(self, path: str, name: str, wide: str) -> None:
        hint = (
            f"It looks like {wide} without one: repeat with --encoding {wide}"
            if wide
            else "Repeat without --encoding, and the file itself is asked"
        )
        super().__init__(f"{path} is not {name}: there is no byte order mark at its beginning. {hint}.")


class UnknownEncodingError(FileRefusedError):
    """The caller named a codec that is not one for text files."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is not an encoding of text files. Try utf-8, utf-16, cp1252, cp1251 or shift_jis."
        )


class EncodingRefusedError(FileRefusedError):
    """The bytes are not UTF-8, or not the encoding that was named, and no encoding is ever guessed silently.

    Attributes:
        offset: bytes before the first bad one.
        line: physical line that holds it.
        guess: the codec that fits best, as a suggestion; empty when none does.
    """

    def __init__(
        self,
        path: str,
        offset: int,
        line: int,
        guess: str,
        *,
        fit: str = "",
        rivals: Sequence[str] = (),
        name: str = "UTF-8",
    ) -> None:
        """Say which encoding it is not, how well the suggestion fits, and what fits as well."""
        looks = f"It looks like {' or '.join((guess, *rivals))}"
        if fit == "poorly":
            looks = f"It may be {guess}, which fits poorly"
        hint = f"{looks}: repeat with --encoding {guess}" if guess else "Repeat with --encoding NAME"
        super().__init__(
            f"{path} is not {name} (byte offset {offset}, line {line}). {hint}, and check the names."
        )
        self.offset = offset
        self.line = line
        self.guess = guess


class ShiftedTextError(FileRefusedError):
    """Every byte is plain, but marks among them change what the bytes after them mean."""

    def __init__(self, path: str, guess: str) -> None:
        super().__init__(
            f"{path} looks like {guess}, which writes its characters as plain letters between marks. "
            f"Repeat with --encoding {guess}; with --encoding utf-8 if that is wrong."
        )
        self.guess = guess


class WideTextError(FileRefusedError):
    """The bytes look like UTF-16 or UTF-32, but the mark that says so is missing."""

    def __init__(self, path: str, guess: str) -> None:
        super().__init__(
            f"{path} looks like {guess} without a byte order mark. Repeat with --encoding {guess}."
        )
        self.guess = guess


class LineTooLongError(FileRefusedError):
    """One line is longer than any table needs."""

    def __init__(self, path: str, line: int, limit: int) -> None:
        super().__init__(
            f"{path}, line {line}: no line end within {limit:,} characters, so this is not a table."
        )


class TooManyColumnsError(FileRefusedError):
    """The header names more columns than are accepted."""

    def __init__(self, path: str, columns: int, limit: int) -> None:
        super().__init__(
            f"{path} has {columns:,} columns; at most {limit:,} are read. Remove what is not needed."
        )


class BrokenHeaderError(FileRefusedError):
    """The header row itself cannot be read."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: the header row cannot be read ({reason}). Correct it in an editor."
        )


class RepeatedHeaderError(FileRefusedError):
    """Two columns carry one name, so values would be lost."""

    def __init__(self, path: str, name: str, first: int, second: int) -> None:
        super().__init__(
            f"{path}: columns {first} and {second} are both named {name!r}. Rename or remove one of them."
        )


class BadDelimiterError(FileRefusedError):
    """A delimiter that cannot part cells."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} cannot be a delimiter. Name one character such as , or ; or | or the word tab."
        )


class MissingColumnsError(FileRefusedError):
    """No column that a contact needs was recognised."""

    def __init__(self, path: str, found: Sequence[str], accepted: Sequence[str]) -> None:
        seen = ", ".join(repr(name[:40]) for name in found[:8]) + (", ..." if len(found) > 8 else "")
        super().__init__(
            f"{path} has no column for a name, an e-mail address or a phone number. It has {seen or 'no columns'}. "
            f"Accepted headers are, for example, {', '.join(accepted)}; another delimiter is set with --delimiter."
        )


class OrganizationsFileError(FileRefusedError):
    """A list of organizations where people are imported."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path} looks like a list of organizations, by {why}. Import it with: agentdesk import organizations FILE. "
            "If its rows are people all the same, repeat with --source plain."
        )


class UnknownSourceError(FileRefusedError):
    """`--source` names no importer."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no import source {name!r}. Use one of: auto, {', '.join(known)}.")


class BrokenJsonError(FileRefusedError):
    """What stands around the objects of a JSON file cannot be read."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: {reason}. Correct it in an editor, or write one object a line."
        )


class NoObjectsError(FileRefusedError):
    """A JSON file without a list of objects."""

    def __init__(self, path: str, found: str) -> None:
        super().__init__(
            f'{path} holds {found} where a list of objects is expected, such as [{{"name": "..."}}].'
        )


class NoMemberError(FileRefusedError):
    """`--member` names what a file does not hold."""

    def __init__(self, path: str, name: str, known: Sequence[str]) -> None:
        seen = ", ".join(repr(one[:60]) for one in known[:8]) + (", ..." if len(known) > 8 else "")
        super().__init__(f"{path} holds no {name!r}. It holds {seen or 'nothing'}: name one with --member.")


class ArchiveRefusedError(FileRefusedError):
    """A zip archive that holds no table, or not one that is read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} was not opened: {reason}. Unpack it yourself and import a file of it.")


class SeveralMembersError(FileRefusedError):
    """A zip archive holds more than one file."""

    def __init__(self, path: str, names: Sequence[str]) -> None:
        seen = ", ".join(repr(one[:60]) for one in names[:8]) + (", ..." if len(names) > 8 else "")
        super().__init__(f"{path} holds {len(names)} files: {seen}. Name one with --member NAME.")


class WorkbookRefusedError(FileRefusedError):
    """A workbook that cannot be read."""

    def __init__(self, path: str, reason: str, hint: str = "Save it as CSV (UTF-8) and import that.") -> None:
        super().__init__(f"{path} is a workbook that cannot be read: {reason}. {hint}")


class RejectsFileError(FileRefusedError):
    """The rejected rows have nowhere to go."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The rejects file {path} cannot be written: {reason}. Name another with --rejects FILE."
        )
