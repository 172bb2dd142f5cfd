"""Pages kept as files, compared byte for byte; AGENTDESK_WRITE_GOLDEN=1 writes them anew, to be read before they are kept."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("AGENTDESK_WRITE_GOLDEN"):
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text
