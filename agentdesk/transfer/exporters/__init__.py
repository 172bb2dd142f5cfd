"""The export formats: a module that fits `Exporter`, and one line here."""

from typing import Final

from agentdesk.transfer.exporters import to_csv, to_json, to_jsonl, to_xlsx
from agentdesk.transfer.exporters.protocol import Exporter

EXPORTERS: Final[dict[str, Exporter]] = {
    "csv": to_csv,
    "json": to_json,
    "jsonl": to_jsonl,
    "xlsx": to_xlsx,
}
"""Formats by the word that `--format` takes. Markdown is beside them: it tells threads, not rows; see `threads`."""
