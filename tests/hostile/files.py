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
FILES = ("people.csv", "tickets.csv", "records.csv", "map.toml", "views.json", "mail.mbox")


def write_files(folder: Path, strings: Sequence[str]) -> None:
    """Write `FILES`.

    Every third row has an address or a date that is none, and no name where one is needed; every third mail no header
    that mails have.
    """
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
    with (folder / "mail.mbox").open("wb") as box:
        for at, text in enumerate(strings):
            box.write(f"From x Thu Jan  1 00:00:00 2026\n{_mail(at, text)}\n\n".encode(errors="replace"))


def _mail(at: int, text: str) -> str:
    """A mail that says the text wherever one can be said."""
    flat = " ".join(text.split())
    if at % 3 == 0:
        return f"X-Nothing: {flat}\n\n{text}"
    headers = f'From: "{flat}" <f{at}@example.com>\nSubject: {flat}\nMessage-ID: <{at}@example.com>'
    kind = (
        f'Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}\n--b\nContent-Type: x/y; name="{flat}"'
    )
    return f"{headers}\n{kind}\n\n{text}\n--b--"
