"""What each format makes of a row: where every cell goes, what is a number to call, and what is kept beside."""

import csv
import io

import pytest

from agentdesk.transfer.contacts.file import open_contacts
from tests.transfer.importers.headers import HEADERS
from tests.transfer.tables import read_contacts


def one(layout: str, **filled: str):
    """The contact of a row under a known header, with some cells filled."""
    assert set(filled) <= set(HEADERS[layout][1].split(","))
    [found], faults = read(layout, filled)
    assert not faults
    return found


def read(layout: str, filled: dict[str, str]):
    """The contacts and faults of a row under a known header, with columns more where they are filled."""
    names = list(dict.fromkeys([*HEADERS[layout][1].split(","), *filled]))
    buffer = io.StringIO()
    csv.writer(buffer).writerows([names, [filled.get(name, "") for name in names]])
    return read_contacts(buffer.getvalue().encode())


OUTLOOK = {
    "Title": "Dr.",
    "First Name": "Ann",
    "Middle Name": "B.",
    "Last Name": "Lee",
    "Suffix": "Jr.",
    "Company": "Acme",
    "Job Title": "Buyer",
    "E-mail Address": "a@x.com",
    "E-mail 2 Address": "b@x.com",
    "Business Phone": "030 10001",
    "Business Fax": "030 9",
    "Mobile Phone": "0170 10001",
    "Home Phone": "040 10001",
    "Pager": "99",
    "Assistant's Phone": "030 8",
    "Business City": "Ulm",
    "Home City": "Rom",
    "Notes": "tea",
}


@pytest.mark.parametrize(
    "layout", ["outlook on the desktop", "outlook.com, 61 columns", "linkedin, as Outlook"]
)
def test_outlook_in_every_form(layout):
    found = one(layout, **OUTLOOK)
    assert (found.name, found.organization, found.title, found.notes) == (
        "Ann B. Lee",
        "Acme",
        "Buyer",
        "tea",
    )
    assert found.emails == ("a@x.com", "b@x.com")
    assert found.phones == (("030 10001", "work"), ("0170 10001", "mobile"), ("040 10001", "home"))
    assert found.address.city == "Ulm"
    assert found.extra == {
        "Title": "Dr.",
        "Suffix": "Jr.",
        "Business Fax": "030 9",
        "Pager": "99",
        "Assistant's Phone": "030 8",
        "Home City": "Rom",
    }


def test_the_primary_phone_of_outlook_comes_first_and_its_categories_are_tags():
    found = one(
        "outlook on the desktop",
        **OUTLOOK,
        **{"Primary Phone": "030 10002", "Company Main Phone": "030 10003", "Categories": "VIP;EU"},
    )
    assert [label for _, label in found.phones] == ["primary", "work", "mobile", "home", "company"]
    assert found.tags == ("VIP", "EU")


def test_linkedin_today():
    filled = {
        "First Name": "Ann",
        "Last Name": "Lee",
        "Company": "Acme",
        "Position": "Buyer",
        "Connected On": "01 Jan 2024",
    }
    found = one("linkedin, today", **filled)
    assert (found.name, found.organization, found.title) == ("Ann Lee", "Acme", "Buyer")
    assert found.extra == {"Connected On": "01 Jan 2024"}


def test_the_prose_above_the_table_of_linkedin_is_passed_over():
    prose = b'Notes:\n"Some addresses are missing, as their owners wish.\nSee the help."\n\n'
    data = prose + HEADERS["linkedin, today"][1].encode() + b"\nAnn,Lee,,a@x.com,Acme,Buyer,01 Jan 2024\nBo\n"
    with open_contacts("-", stdin=io.BytesIO(data)) as file:
        contact, fault = file.records()
    assert (contact.line, contact.name, fault.line) == (6, "Ann Lee", 7)
    assert "The first 4 lines are no table and were passed over." in file.table.notes
    [contact], _ = read_contacts(b"Notes:,Name\n\ntea,Ann\n")
    assert contact.name == "Ann"


def test_hubspot_keeps_owner_and_stage_and_parts_further_addresses():
    names = "Record ID,First Name,Last Name,Email,Additional email addresses,Phone Number,Mobile Phone Number,Job Title"
    row = "51000,Ann,Lee,ann@x.com,b@x.com;c@x.com,(555) 555-0107,0170 10001,Buyer,Sam,lead,Acme"
    [found], _ = read_contacts(f"{names},Contact owner,Lifecycle Stage,Company Name\n{row}\n".encode())
    assert (found.external_id, found.name, found.title, found.organization) == (
        "51000",
        "Ann Lee",
        "Buyer",
        "Acme",
    )
    assert found.emails == ("ann@x.com", "b@x.com", "c@x.com")
    assert found.phones == (("(555) 555-0107", ""), ("0170 10001", "mobile"))
    assert found.extra == {"Contact owner": "Sam", "Lifecycle Stage": "lead"}


def test_salesforce_with_labels_and_with_names():
    filled = {
        "First Name": "Ann",
        "Last Name": "Lee",
        "Title": "Buyer",
        "Phone": "030 10001",
        "Mobile": "030 10002",
        "Fax": "3",
    }
    more = {"Mailing City": "Ulm", "Account Name": "Acme", "Account Owner": "Sam", "Email": "a@x.com"}
    found = one("salesforce, another report", **filled, **more)
    assert (found.name, found.title, found.organization, found.address.city) == (
        "Ann Lee",
        "Buyer",
        "Acme",
        "Ulm",
    )
    assert found.phones == (("030 10001", ""), ("030 10002", "mobile"))
    assert found.extra == {"Fax": "3", "Account Owner": "Sam"}
    filled = {
        "Id": "003A",
        "Name": "Ann Lee",
        "FirstName": "Ann",
        "Salutation": "Ms",
        "MobilePhone": "030 10002",
        "Fax": "3",
    }
    found = one("salesforce, an export", **filled, AssistantPhone="4", Description="tea", Level__c="gold")
    assert (found.external_id, found.name, found.notes) == ("003A", "Ann Lee", "tea")
    assert found.phones == (("030 10002", "mobile"),)
    assert found.extra == {"Salutation": "Ms", "Fax": "3", "AssistantPhone": "4", "Level__c": "gold"}


def test_zendesk_whatever_the_order():
    header = (
        "tags,name,email,external_id,details,notes,phone,role,restriction,organization,custom_fields.plan"
    )
    row = 'vip eu-west,Ann Lee,ann@x.com,007,Likes tea,"Call, then write",+49 30 1234567,end-user,,Acme,gold'
    [found], faults = read_contacts(f"{header}\n{row}\n".encode())
    assert not faults
    assert (found.name, found.email_keys, found.external_id) == ("Ann Lee", ("ann@x.com",), "007")
    assert found.notes == "Likes tea\nCall, then write"
    assert found.tags == ("vip", "eu-west")
    assert found.organization == "Acme"
    assert found.extra == {"role": "end-user", "plan": "gold"}


def test_freshdesk_with_labels_and_with_names():
    filled = {
        "Full name": "Ann",
        "Title": "Buyer",
        "Work phone": "030 10001",
        "Mobile phone": "030 10002",
        "About": "tea",
        "Tags": "a,b",
    }
    found = one(
        "freshdesk, its labels",
        **filled,
        **{"Unique external ID": "7", "Time zone": "UTC", "Twitter": "@ann"},
    )
    assert (found.name, found.title, found.notes, found.tags) == ("Ann", "Buyer", "tea", ("a", "b"))
    assert (found.external_id, found.time_zone, found.extra) == ("7", "UTC", {"Twitter": "@ann"})
    assert found.phones == (("030 10001", "work"), ("030 10002", "mobile"))
    found = one("freshdesk, its names", email="a@x.com", other_emails="b@x.com;c@x.com", company_id="5")
    assert (found.emails, found.extra) == (("a@x.com", "b@x.com", "c@x.com"), {"company_id": "5"})


def test_zammad_with_a_delimiter_too_many_and_lists():
    [found], _ = read_contacts(
        b"login;firstname;lastname;email;active;\nann;Ann;Lee;a@x.com~~~b@x.com;true\n"
    )
    assert (found.name, found.email_keys) == ("Ann Lee", ("a@x.com", "b@x.com"))
    assert found.extra == {"login": "ann", "active": "true"}


@pytest.mark.parametrize(
    ("source", "filled", "words"),
    [
        (
            "salesforce, an export",
            {"LastName": "Lee", "IsDeleted": "true"},
            "IsDeleted: 'true' is how Salesforce",
        ),
        ("salesforce, an export", {"LastName": "Lee", "IsDeleted": "1"}, "IsDeleted: '1' is how Salesforce"),
        (
            "zendesk",
            {"name": "Ann", "role": "Agent"},
            "role: 'Agent' marks somebody of the desk: add them with `agentdesk agent add`",
        ),
        ("zendesk", {"name": "Ann", "role": "admin"}, "role: 'admin' marks somebody of the desk"),
        ("zendesk", {"name": "Ann", "active": "false"}, "active: 'false' is how Zendesk marks"),
        ("zendesk", {"name": "Ann", "status": "Deleted"}, "status: 'Deleted' is how Zendesk"),
        (
            "zammad, the example",
            {"firstname": "Ann", "roles": "Admin~~~Agent"},
            "roles: 'Admin~~~Agent' marks somebody of the desk",
        ),
        ("freshdesk, its names", {"name": "Ann", "deleted": "true"}, "deleted: 'true' is how Freshdesk"),
    ],
)
def test_who_is_marked_as_no_customer_is_rejected_with_what_to_do(source, filled, words):
    contacts, [fault] = read(source, filled)
    assert not contacts
    assert fault.message.startswith(words)
    assert "write " in fault.message or "empty " in fault.message


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("salesforce, an export", {"LastName": "Lee", "IsDeleted": "false"}),
        ("zendesk", {"name": "Ann", "role": "end-user"}),
        ("zendesk", {"name": "Ann", "role": ""}),
        ("zammad, the example", {"firstname": "Ann", "roles": "Customer~~~Agent"}),
    ],
)
def test_who_is_a_customer_by_the_same_columns_comes_in(source, filled):
    assert one(source, **filled).name


def test_osticket_and_chatwoot():
    found = one(
        "osticket, its labels", **{"Full Name": "Ann", "Phone Number": "030 10001", "Internal Notes": "tea"}
    )
    assert (found.name, found.phones, found.notes) == ("Ann", (("030 10001", ""),), "tea")
    found = one(
        "chatwoot",
        id="9",
        name="Ann",
        identifier="C-7",
        labels="vip,eu",
        company_name="Acme",
        custom_attribute_1="x",
    )
    assert (found.external_id, found.tags, found.organization) == ("C-7", ("vip", "eu"), "Acme")
    assert found.extra == {"id": "9", "custom_attribute_1": "x"}


def test_thunderbird_keeps_fax_and_home():
    filled = {
        "Display Name": "Ann Lee",
        "First Name": "Ann",
        "Primary Email": "a@x.com",
        "Secondary Email": "b@x.com",
    }
    numbers = {
        "Work Phone": "030 10001",
        "Home Phone": "030 10002",
        "Mobile Number": "030 10003",
        "Fax Number": "4",
        "Pager Number": "5",
    }
    found = one("thunderbird, newer", **filled, **numbers, **{"Home City": "Rom", "Work City": "Ulm"})
    assert (found.name, found.emails) == ("Ann Lee", ("a@x.com", "b@x.com"))
    assert found.phones == (("030 10001", "work"), ("030 10003", "mobile"), ("030 10002", "home"))
    assert found.address.city == "Ulm"
    assert found.extra == {"Fax Number": "4", "Pager Number": "5", "Home City": "Rom"}


@pytest.mark.parametrize("source", ["hubspot", "google", "zendesk", "outlook", "salesforce", "thunderbird"])
def test_usual_names_are_read_where_none_of_the_named_format_is_there(source):
    [found], faults = read_contacts(b"name,email,shoe size\nAnn Lee,a@x.example,38\n", source=source)
    assert not faults
    assert (found.name, found.emails, found.extra) == ("Ann Lee", ("a@x.example",), {"shoe size": "38"})


def test_a_format_that_shows_itself_keeps_what_it_has_no_place_for():
    header = (
        b"Record ID,First Name,Last Name,Email,Create Date,Name\n1,Ann,Lee,a@x.example,2024-01-01,of a boat\n"
    )
    [found], _ = read_contacts(header, source="hubspot")
    assert (found.name, found.extra["Name"]) == ("Ann Lee", "of a boat")


def test_the_first_of_several_companies_of_hubspot_is_the_organization_and_the_others_are_kept():
    header = b"Record ID,First Name,Last Name,Email,Associated Company,Create Date\n"
    [found], _ = read_contacts(header + b"1,Ann,Lee,a@x.example,Spot Ltd;Other Ltd; Third,2024-01-01\n")
    assert found.organization == "Spot Ltd"
    assert found.extra["Associated Company (others)"] == "Other Ltd; Third"
    [found], _ = read_contacts(header + b"1,Ann,Lee,a@x.example,;Spot Ltd;,2024-01-01\n")
    assert (found.organization, "Associated Company (others)" in found.extra) == ("Spot Ltd", False)
