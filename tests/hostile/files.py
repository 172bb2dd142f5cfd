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
RECORD = (
    *(
        "Number",
        "Id",
        "Name",
        "Title",
        "Body",
        "Kind",
        "Direction",
        "Created at",
        "Email",
        "Score",
        "Comment",
    ),
    "Elsewhere",
)
"""What any kind of record can be read from."""
FILES = ("people.csv", "tickets.csv", "records.csv", "map.toml", "views.json")


def write_files(folder: Path, strings: Sequence[str]) -> None:
    """Write `FILES`; every third row has an address or a date that is none, and no name where one is needed."""
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
    with (folder / "records.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(RECORD)
        for at, text in enumerate(strings):
            name, mail, date = (text, f"c{at}@example.com", "2026-03-01") if at % 3 else ("", text, text)
            table.writerow(
                [f"{at}{text}", at, name, name, text, "csat", "inbound", date, mail, 3, text, text]
            )
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    views = [{"name": "imported", "query": "is:open", "columns": ["due"]}]
    (folder / "views.json").write_text(json.dumps(views), encoding="utf-8")
