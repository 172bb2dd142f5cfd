"""The formats of a report: a module that fits `Renderer`, and one line here."""

from agentdesk.reports.renderers import to_csv, to_json, to_markdown, to_text
from agentdesk.reports.renderers.base import Renderer

RENDERERS: dict[str, Renderer] = {
    "text": to_text,
    "md": to_markdown,
    "csv": to_csv,
    "json": to_json,
}
"""Renderers by the word that `--format` takes."""
