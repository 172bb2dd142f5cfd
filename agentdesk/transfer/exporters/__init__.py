"""The export formats: a module that fits `Exporter`, and one line here."""

from typing import Final

from agentdesk.transfer.exporters import to_csv, to_json, to_jsonl, to_markdown, to_xlsx
from agentdesk.transfer.exporters.protocol import Exporter

EXPORTERS: Final[dict[str, Exporter]] = {
    "csv": to_csv,
    "json": to_json,
    "jsonl": to_jsonl,
    "xlsx": to_xlsx,
    "md": to_markdown,
}
"""Formats by the word that `--format` takes."""
