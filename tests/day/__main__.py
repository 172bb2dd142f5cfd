"""`python -m tests.day [STORE]`: the whole day in tmux on a fresh sample desk, and how many keys each task took."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.day.checks import handles, open_refs, what_was_done
from tests.day.script import Amount, whole_day
from tests.day.typist import Tmux, Typist

PROGRAM = [sys.executable, "-m", "agentdesk"]


def main() -> None:
    """Build, work, count, and compare with what the store says."""
    with TemporaryDirectory(prefix="agentdesk-day-") as folder:
        store = Path(folder) / "day.db"
        subprocess.run(
            [*PROGRAM, "demo", "--path", str(store), "--no-console"], check=True, stdout=subprocess.DEVNULL
        )
        amount, start = Amount(), time.monotonic()
        with Tmux([*PROGRAM, "--store", str(store), "--as", "ana"]) as place:
            typist = Typist(place)
            print(f"Watch it with: tmux -L {place.name} attach -r   ({amount})", flush=True)  # noqa: T201
            whole_day(typist, lambda: open_refs(store), handles(store), amount)
        print(typist.table())  # noqa: T201
        print(what_was_done(store))  # noqa: T201
        print(f"{time.monotonic() - start:.0f} seconds")  # noqa: T201


main()
