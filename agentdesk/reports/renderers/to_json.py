"""A document as the JSON object that scripts build on: `Document.data` and nothing else, in its own order."""

import json

from agentdesk.reports.document import Document
from agentdesk.reports.renderers.base import RenderOptions


def render(document: Document, options: RenderOptions) -> str:  # noqa: ARG001  an object has no width
    """The object, in ASCII, indented by two."""
    return json.dumps(document.data, ensure_ascii=True, indent=2) + "\n"
