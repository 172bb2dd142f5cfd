"""How an export is written: as its command says, or as the name of its file ends."""

from enum import StrEnum
from pathlib import Path

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.export_place import PACKED


class ExportFormat(StrEnum):
    """How it is written."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    XLSX = "xlsx"
    MD = "md"


def chosen_format(form: ExportFormat | None, out: Path | None) -> str:
    """The format that was named, or the one a file's name ends with.

    Raises:
        WrongUsage: the name ends with none, and none was named.
    """
    if form is not None:
        return form.value
    name = Path() if out is None else out
    ending = (Path(name.stem) if name.suffix.lower() == PACKED else name).suffix.lstrip(".").lower()
    if ending and ending not in set(ExportFormat):
        raise WrongUsage(
            f"{out}: no format is called {ending}. Name one: --format {' or '.join(ExportFormat)}"
        )
    return ending or ExportFormat.CSV.value
