"""One person as a file describes them: cleaned, checked, and not yet compared with the store.

Values are trimmed and otherwise as written; `email_keys` is what e-mail addresses are matched by. An external
id is text: `007` and `1e5` stay what they are.
"""

from typing import NamedTuple


class Address(NamedTuple):
    """A postal address, as far as a file knows it."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


# A named tuple and not a frozen dataclass: a fifth of the time to make, and an import makes one a row.
class ContactRecord(NamedTuple):
    """One row of a file of contacts.

    Attributes:
        line: physical line where the row begins.
        name: in one piece, one space between words; may be empty.
        emails: valid addresses as written, the primary one first, none twice.
        email_keys: their normalised forms, in the same order.
        phones: numbers as written with their labels (`work`, `mobile`...; empty when unknown), the primary first.
        external_id: identity in the system the file comes from.
        extra: filled cells of columns that have no place here, by column name.
        cells: the row as read.
        email_labels: what the addresses are for, in the same order; empty where none is known.
        odd_numbers: cells of phone columns that hold no number; they are among the extra fields.
    """

    line: int
    name: str
    emails: tuple[str, ...]
    email_keys: tuple[str, ...]
    phones: tuple[tuple[str, str], ...]
    organization: str
    title: str
    external_id: str
    language: str
    time_zone: str
    tags: tuple[str, ...]
    notes: str
    address: Address | None
    extra: dict[str, str]
    cells: list[str]
    email_labels: tuple[str, ...] = ()
    odd_numbers: tuple[str, ...] = ()

    def email_label(self, place: int) -> str:
        """What the address at an index is for; empty where nobody says."""
        return self.email_labels[place] if self.email_labels else ""
