"""Files that strangers send to be imported: hostile words in every column, and rows that cannot be taken."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

MAP = """
[file]
dates = "%Y-%m-%d %H:%M"

[ticket]
external_id = "Id"
subject = "Subject"
customer = "Customer"
created_at = "Created"
"""


def write_files(folder: Path, strings: Sequence[str]) -> None:
    """Write `people.csv`, `tickets.csv`, `map.toml` and `views.json`; every third row has an address or a date that is none."""
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Name", "Email", "Phone", "Company", "Notes", "Labels"])
        for at, text in enumerate(strings):
            table.writerow([text, f"f{at}@example.com" if at % 3 else text, text, text, text, text])
    with (folder / "tickets.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Id", "Subject", "Customer", "Created"])
        for at, text in enumerate(strings):
            table.writerow([f"{at}{text}", text, text, "2026-03-01 10:00" if at % 3 else text])
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    views = [{"name": "imported", "query": "is:open", "columns": ["due"]}]
    (folder / "views.json").write_text(json.dumps(views), encoding="utf-8")
