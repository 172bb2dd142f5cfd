import pytest

from agentdesk.transfer.contact_record import Address
from tests.transfer.tables import read_contacts


def one(header: str, row: str):
    contacts, faults = read_contacts(f"{header}\n{row}\n".encode())
    assert not faults
    return contacts[0]


def fault(header: str, row: str):
    contacts, [found] = read_contacts(f"{header}\n{row}\n".encode())
    assert not contacts
    return found


def test_values_are_trimmed_and_inner_line_ends_of_notes_kept():
    found = one("name,email,notes", '"  Ann \u00a0 Lee ", ann@example.com ,"  one\n two \n"')
    assert (found.name, found.emails, found.notes) == ("Ann Lee", ("ann@example.com",), "one\n two")


def test_an_address_stays_as_written_and_its_key_is_normal():
    found = one("name,email", "Ann,Ann.LEE@Example.COM")
    assert (found.emails, found.email_keys) == (("Ann.LEE@Example.COM",), ("ann.lee@example.com",))


@pytest.mark.parametrize(
    "cell", ["a@x.com; b@x.com", '"a@x.com, b@x.com"', "a@x.com ::: b@x.com", "a@x.com~~~b@x.com;A@X.com"]
)
def test_one_cell_may_hold_several_addresses(cell):
    assert one("name,email", f"Ann,{cell}").email_keys == ("a@x.com", "b@x.com")


def test_the_same_address_in_two_columns_is_one():
    assert one("name,email,email 2", "Ann,a@x.com,A@X.COM").emails == ("a@x.com",)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a@b", "a@b"),
        ("a@@b.com", "a@@b.com"),
        ("a b@c.com", "a b@c.com"),
        (f"{'x' * 300}@b.com", f"{'x' * 300}@b.com"),
        ("a@b.com; nonsense", "nonsense"),
        (";", ";"),
        ('"a@b.com\r\nBcc: c@d.com"', "a@b.com\r\nBcc: c@d.com"),
    ],
)
def test_a_broken_address_costs_its_row_and_names_column_value_and_reason(cell, value):
    found = fault("name,E-Mail", f"Ann,{cell}")
    assert (found.line, found.column, found.value) == (2, "E-Mail", value)
    assert found.reason
    assert found.cells[0] == "Ann"
    assert "\n" not in found.message


@pytest.mark.parametrize("row", ["Ann,,,", ",a@b.com,,", ",,+49 30 123456,", ",,,007"])
def test_one_of_name_address_number_and_id_makes_a_contact(row):
    assert one("name,email,phone,id", row).line == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,,,x", "no name, e-mail address"),
        (",,ask him,,", "phone: 'ask him' is no phone number"),
    ],
)
def test_a_row_that_is_nobody_is_rejected(row, words):
    assert words in fault("name,email,phone,id,notes", row).message


def test_an_odd_phone_number_is_kept_as_written_while_it_has_the_digits_of_one():
    assert one("name,phone", "Ann,+49 170 1").phones == (("+49 170 1", ""),)


@pytest.mark.parametrize("told", ["12", "5550", "ext. 12", "ask him"])
def test_what_nobody_outside_can_call_is_an_extra_field_beside_a_name(told):
    found = one("name,phone,mobile", f"Ann,{told},0170 10001")
    assert (found.phones, found.extra) == ((("0170 10001", "mobile"),), {"phone (no number)": told})
    assert found.odd_numbers == (told,)


def test_an_odd_number_of_a_labelled_column_is_kept_under_its_label():
    found = one("First Name,Phone 1 - Label,Phone 1 - Value", "Ann,Work,12 ::: +49 30 1234567")
    assert (found.phones, found.extra) == ((("+49 30 1234567", "work"),), {"work phone (no number)": "12"})


def test_everything_that_is_wrong_with_a_row_is_told_at_once():
    found = fault("name,email,email 2,phone", "Ann,a@@x.example; b@x.example,nowhere,12")
    assert found.message == (
        "email: 'a@@x.example' is no e-mail address: the part after the @-sign contains invalid characters: '@'; "
        "email 2: 'nowhere' is no e-mail address: an email address must have an @-sign; phone: '12' is no phone number"
    )


@pytest.mark.parametrize("value", ["007", "1e5", "9223372036854775808", "-1", "１２"])
def test_external_ids_are_text(value):
    assert one("id,name", f"{value},Ann").external_id == value


def test_names_are_put_together_from_their_parts():
    assert one("last name,middle name,first name", "Lee,,Ann").name == "Ann Lee"
    assert one("name,first name", ",Ann").name == "Ann"
    assert one("name,first name", "Dr. Ann Lee,Ann").name == "Dr. Ann Lee"


def test_a_decomposed_name_is_composed():
    assert one("name", "Zoe\u0308").name == "Zo\u00eb"


def test_tags_address_and_unknown_columns_have_their_places():
    found = one("name,tags,city,country,Shoe size,Empty", 'Ann,"vip, eu;vip",Ulm,DE, 38 ,')
    assert found.tags == ("vip", "eu")
    assert found.address == Address(city="Ulm", country="DE")
    assert found.extra == {"Shoe size": "38"}


@pytest.mark.parametrize("guarded", ["'=1", "'+44 20 7946 0018", "'-x", "'@x", "''=1"])
def test_an_apostrophe_before_a_formula_is_taken_back(guarded):
    (contact,), faults = read_contacts(f"name,email,notes\nAnn,a@x.com,{guarded}\n".encode())
    assert (contact.notes, faults) == (guarded[1:], [])
    assert contact.cells[2] == guarded


def test_an_apostrophe_that_belongs_to_the_text_stays():
    contacts, _ = read_contacts(b"name,notes\n'Ann','s-Gravenhage\n")
    assert (contacts[0].name, contacts[0].notes) == ("'Ann'", "'s-Gravenhage")


def test_a_guarded_row_that_is_rejected_goes_out_guarded():
    _, (fault,) = read_contacts(b"name,email\n'=x,nowhere\n")
    assert fault.cells == ["'=x", "nowhere"]
