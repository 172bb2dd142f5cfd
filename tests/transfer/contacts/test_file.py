import gc
import json

import pytest

from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.refusals import EncodingRefusedError, FileRefusedError, OrganizationsFileError
from agentdesk.transfer.rows import Fault
from tests.transfer.tables import SHARED

needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
CONTACTS = SHARED / "contacts"


def read(path, **options):
    with open_contacts(path, **options) as file:
        found = list(file.records())
    faults = [one for one in found if isinstance(one, Fault)]
    return file, [one for one in found if not isinstance(one, Fault)], faults


@needs_data
@pytest.mark.parametrize("name", ["google_2023_utf8.csv", "hubspot_utf8_bom.csv", "outlook_cp1252.csv"])
def test_international_exports_give_the_numbers_expected(name):
    expected = json.loads((CONTACTS / "generated_intl/expected.json").read_text(encoding="utf-8"))[name]
    given = "cp1252" if "cp1252" in name else None
    file, contacts, faults = read(CONTACTS / "generated_intl" / name, encoding=given)
    assert (file.table.encoding, file.table.delimiter) == (expected["encoding"], expected["delimiter"])
    assert len(contacts) + len(faults) == expected["rows"]
    assert len(faults) == expected["rows_with_broken_email"]
    # The answers count the first column of addresses; `alt...` is what the second one holds.
    with_email = [
        contact for contact in contacts if contact.emails and not contact.emails[0].startswith("alt")
    ]
    assert len(with_email) == expected["rows_with_usable_email"]
    assert (
        len({contact.email_keys[0] for contact in with_email}) == expected["distinct_emails_case_insensitive"]
    )
    assert sum("\n" in contact.notes for contact in contacts) <= expected["rows_with_newline_in_notes"]
    named = {(given, family) for given, family, *_ in expected["people"]}
    assert {contact.name for contact in contacts} <= {f"{given} {family}".strip() for given, family in named}


@needs_data
def test_a_file_in_a_windows_code_page_is_refused_until_it_is_named():
    with pytest.raises(EncodingRefusedError, match=r"byte offset 1425, line 2.*--encoding cp1252"):
        open_contacts(CONTACTS / "generated_intl/outlook_cp1252.csv")


@needs_data
@pytest.mark.parametrize("name", ["thunderbird_basic.csv", "thunderbird_semicolon.csv"])
def test_thunderbird_address_books_are_read(name):
    _, contacts, faults = read(CONTACTS / name)
    assert [(contact.name, contact.emails) for contact in contacts] == [
        ("John Doe", ("john@doe.invalid",)),
        ("Jane Doe", ("jane@doe.invalid",)),
    ]
    assert not faults


@needs_data
def test_messy_tables_without_people_are_refused_in_one_sentence():
    for path in sorted((SHARED / "csv_messy").rglob("*.csv")):
        try:
            read(path)
        except FileRefusedError as error:
            message = str(error)
            assert "\n" not in message
            assert str(path) in message


ORGANIZATIONS = (
    ("name,domain,industry", "its columns name, domain and industry"),
    (
        "Record ID,Company name,Company owner,Phone Number,Industry",
        "its columns Company name, Company owner and Industry",
    ),
    ("Account Name,Account Owner,Phone,Lead Source", "its columns Account Name and Account Owner"),
    ("name,shared,domain,domain_assignment,active,members", "its columns name, domain and domain_assignment"),
    ("Id,Name,Phone,Website,Industry,NumberOfEmployees", "its columns Name, Industry and NumberOfEmployees"),
)


@pytest.mark.parametrize(("header", "why"), ORGANIZATIONS)
def test_a_list_of_organizations_is_refused_with_where_to_take_it(tmp_path, header, why):
    path = tmp_path / "accounts.csv"
    path.write_text(f"{header}\n{'x,' * header.count(',')}x\n")
    with pytest.raises(OrganizationsFileError) as refused:
        open_contacts(path)
    assert str(refused.value).startswith(
        f"{path} looks like a list of organizations, by {why}. Import it with: agentdesk import organizations FILE."
    )


@pytest.mark.parametrize(
    "header", ["name,email,industry", "First Name,Domain", "name,phone,website", "Last Name,Account Owner"]
)
def test_people_with_a_column_of_organizations_are_people(tmp_path, header):
    path = tmp_path / "people.csv"
    path.write_text(f"{header}\n")
    with open_contacts(path) as file:
        assert file.importer.NAME == "plain"


def test_whose_rows_are_people_all_the_same_says_so(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,industry\nAnn,tea\n")
    assert [one.name for one in read(path, source="plain")[1]] == ["Ann"]


def test_a_file_is_closed_when_it_is_refused(tmp_path, recwarn):
    (tmp_path / "a.csv").write_bytes(b"colour\nred\n")
    gc.collect()
    recwarn.clear()  # what others left open
    with pytest.raises(FileRefusedError):
        open_contacts(tmp_path / "a.csv")
    gc.collect()
    assert not recwarn.list
