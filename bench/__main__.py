"""`python -m bench [ROW...] [--quick]`: every budget beside its yardstick, as ratios in one run."""

import argparse
import os

from bench.harness import HEAD
from bench.sizes import FULL, LARGE, QUICK
from bench.table import ROWS


def main() -> None:
    """Measure the rows asked for and print one line each, with how busy the machine was around them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"{', '.join(ROWS)}; all unless named")
    parser.add_argument("--quick", action="store_true", help="a desk of 20,000 tickets, 10,000 contacts")
    parser.add_argument("--large", action="store_true", help="a million contacts; takes half an hour")
    told = parser.parse_args()
    if unknown := [name for name in told.rows if name not in ROWS]:
        parser.error(f"there is no row {', '.join(unknown)}; there are {', '.join(ROWS)}")
    # Installed programs are compiled ahead; a developer's wish not to leave bytecode behind would hide that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _tell_load()
    size = QUICK if told.quick else LARGE if told.large else FULL
    print(HEAD, flush=True)
    for name in told.rows or ROWS:
        for measured in ROWS[name](size):
            print(measured, flush=True)
    _tell_load()


def _tell_load() -> None:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)


main()
