"""Run in a terminal of its own: types command lines one after the other, each on a fresh copy of the store.

    python -m tests.hostile.teletype LINES.json CODES.json [breach]

LINES is a list of [store, copy, [[words, ...], ...]]; CODES gets the exit codes. With `breach`, the safe text of
stdout is taken away, to prove that whoever listens would hear it.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from agentdesk.__main__ import main
from tests.haste import make_haste


def run(lines: Path, codes: Path, breach: str = "") -> None:
    """Type everything; say before each command which one it is."""
    if breach:
        from agentdesk.cli import output

        output.line = output.block = str
    make_haste()
    told = []
    for store, copy, commands in json.loads(lines.read_text()):
        shutil.copy(store, copy)
        os.environ["AGENTDESK_STORE"] = copy
        for words in commands:
            sys.stdout.write(f"\n@@ {' '.join(words[:2])}\n")
            sys.stdout.flush()
            told.append([words, int(main(words))])
    codes.write_text(json.dumps(told))


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
