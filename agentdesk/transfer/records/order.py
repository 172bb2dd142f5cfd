"""What is asked of an import of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from agentdesk.domain.errors import InvalidValueError
from agentdesk.transfer.kept_order import map_of, read_order, tell_order, told_map
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.mapping import RecordMap, parse_record_map

AUTO: Final = "auto"
_WORDS: Final = {"on-match": ("update", "skip", "fail"), "blank": ("keep", "clear")}


@dataclass(frozen=True, slots=True)
class RecordImport:
    """What to import, and how.

    Attributes:
        kind: `organizations`, `orders`, `feedback`, `calls` or `articles`.
        path: the file; None for standard input.
        map: the map, or the file or name it is kept under; None to go by what the columns are called.
        source: the system the file comes from; `auto` takes the map's word, or `import`.
        on_match: what happens to a record that is there: `update`, `skip` or `fail`.
        blank: whether an empty cell keeps or clears a value of such a record.
        encoding: codec, where it is known; wins over the map.
        delimiter: character or word, where it is known; wins over the map.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        dry_run: count, and write nothing.
        rejects: where rejected rows go; beside the file by default.
        stdin: the stream that stands for standard input.
    """

    kind: str
    path: Path | None
    map: RecordMap | str | Path | None = None
    source: str = AUTO
    on_match: str = "update"
    blank: str = "keep"
    encoding: str | None = None
    delimiter: str | None = None
    member: str | None = None
    dry_run: bool = False
    rejects: Path | None = None
    stdin: BinaryIO | None = None

    def checked(self) -> "RecordImport":
        """The same, if each of its words is known.

        Raises:
            InvalidValueError: one is not.
        """
        for name, given in (("on-match", self.on_match), ("blank", self.blank)):
            if given not in _WORDS[name]:
                raise InvalidValueError(name, given, _WORDS[name])
        return self

    def told(self, rules: RecordMap | None) -> dict[str, Any]:
        """As JSON, with the text of the map in place of its name.

        Args:
            rules: the map that was given, read; None where there was none.
        """
        return tell_order(self, **told_map(self.path, rules))


def order_of(told: Mapping[str, Any]) -> RecordImport:
    """Read what `told` wrote.

    Raises:
        MapError: the map cannot be followed by now.
    """
    found = map_of(told)
    rules = found and parse_record_map(found.text, KINDS[told["kind"]], found.label)
    return read_order(RecordImport, told, map=rules)
