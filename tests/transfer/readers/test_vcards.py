"""vCards of three versions become contacts; rejected cards come back as cards; any bytes end in rows and faults."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.refusals import EncodingRefusedError, FileRefusedError
from agentdesk.transfer.rows import Fault
from tests.transfer.tables import SHARED, read_contacts
from tests.transfer.test_rejects import run

GOLDEN = {  # contacts, rejected cards, with an e-mail address, numbers to call, names
    "John_Doe_ANDROID.vcf": (4, 2, 2, 5, 2),
    "John_Doe_BLACK_BERRY.vcf": (1, 0, 0, 1, 1),
    "John_Doe_EVOLUTION.vcf": (1, 0, 1, 2, 1),
    "John_Doe_GMAIL.vcf": (1, 0, 1, 2, 1),
    "John_Doe_MAC_ADDRESS_BOOK.vcf": (1, 0, 1, 4, 1),
    "John_Doe_MS_OUTLOOK.vcf": (1, 0, 1, 2, 1),
    "gmail-single.vcf": (1, 0, 1, 2, 1),
    "gmail-single2.vcf": (1, 0, 1, 8, 1),
    "outlook-2003.vcf": (1, 0, 1, 0, 1),  # its numbers are words: extra fields
    "rfc2426-example.vcf": (2, 0, 2, 2, 2),
    "rfc6350-example.vcf": (1, 0, 1, 2, 1),
}


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def one(*lines: str, version: str = "3.0"):
    (contact,), faults = read_contacts(card(*lines, version=version))
    assert not faults
    return contact


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_cards_of_every_program_give_what_is_in_them():
    found = {}
    for path in sorted((SHARED / "contacts/vcards").glob("*.vcf")):
        contacts, faults = read_contacts(path.read_bytes())
        found[path.name] = (
            len(contacts),
            len(faults),
            sum(bool(contact.emails) for contact in contacts),
            sum(len(contact.phones) for contact in contacts),
            sum(bool(contact.name) for contact in contacts),
        )
    assert found == GOLDEN


def test_a_card_of_version_3_fills_every_field():
    contact = one(
        "FN:Jörg Łódź",
        "N:Łódź;Jörg;;Dr.;",
        "UID:urn:uuid:7",
        "ORG:Acme\\; Sons;Tea;Green",
        "TITLE:Buyer",
        "EMAIL;TYPE=HOME:j@home.example",
        "EMAIL;TYPE=WORK,PREF:j@work.example",
        "item1.TEL;TYPE=CELL:+49 30 1",
        "item1.X-ABLabel:_$!<Boat>!$_",
        "TEL;TYPE=WORK,FAX:+49 30 2",
        "TEL;TYPE=CELL;TYPE=PREF:+49 30 3",
        "ADR;TYPE=HOME:;;Weg 1\\, Hof;Ulm;BW;89073;Germany",
        "CATEGORIES:vip,tea\\, green,My Contacts",
        "NOTE:two\\nlines\\, and",
        "  a fold",
        "PHOTO;ENCODING=b:" + "A" * 70,
        " " + "B" * 70,
        "X-SKYPE:jj",
    )
    assert contact.name == "Jörg Łódź"
    assert contact.emails == ("j@work.example", "j@home.example")
    assert contact.email_labels == ("work", "home")
    assert contact.phones == (("+49 30 3", "mobile"), ("+49 30 1", "boat"))
    assert (contact.organization, contact.title, contact.external_id) == ("Acme; Sons", "Buyer", "urn:uuid:7")
    assert contact.notes == "two\nlines, and a fold"
    assert contact.tags[:1] == ("vip",)
    assert "My Contacts" not in contact.tags
    assert contact.address == ("Weg 1, Hof", "Ulm", "BW", "89073", "Germany")
    assert contact.extra == {
        "name prefix": "Dr.",
        "department": "Tea, Green",
        "other properties": "X-SKYPE: jj",
        "work fax": "+49 30 2",
    }
    assert "AAAA" not in contact.cells[-1]


def test_quoted_printable_charsets_and_bare_types_of_version_2_1_are_read():
    contact = one(
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
        "TEL;CELL;PREF:0170 1",
        "NOTE;QUOTED-PRINTABLE:one=0D=0A=",
        "two=",
        "three",
        "PHOTO;JPEG;BASE64:AAAA",
        "BBBB",
        "CCCC=",
        "",
        "ORG:C:\\new;x",
        version="2.1",
    )
    assert (contact.name, contact.phones) == ("Jörg Müller", (("0170 1", "mobile"),))
    assert (contact.notes, contact.organization) == ("one\ntwothree", "C:\\new")


def test_addresses_that_are_links_in_version_4_are_read():
    contact = one(
        'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5',
        "EMAIL:mailto:a@x.example",
        version="4.0",
    )
    assert contact.phones == (("+1-555-555-5555;ext=5", "home"),)
    assert contact.emails == ("a@x.example",)


def test_a_line_that_names_its_encoding_may_be_in_it_and_no_other():
    data = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1252:M\xfcller\nEND:VCARD\n"
    assert read_contacts(data)[0][0].name == "Müller"
    with pytest.raises(EncodingRefusedError, match=r"line 3.*cp1252"):
        read_contacts(b"BEGIN:VCARD\nVERSION:2.1\nFN:M\xfcller\nEND:VCARD\n")
    _, (fault,) = read_contacts(card("FN;CHARSET=rot13;ENCODING=QUOTED-PRINTABLE:Naa"))
    assert "names the encoding 'rot13', which is none of text" in fault.message


def test_cards_in_utf_16_and_with_a_mark_are_read():
    text = card("FN:Jörg").decode()
    for codec in ("utf-8-sig", "utf-16"):
        assert read_contacts(text.encode(codec))[0][0].name == "Jörg"


def test_a_card_in_a_card_a_group_and_what_is_not_closed_are_told():
    contacts, faults = read_contacts(
        card("FN:Ann", "AGENT:", "BEGIN:VCARD", "FN:Agent", "EMAIL:no", "END:VCARD", "TEL:1234567")
        + b"hello\nthere\n"
        + b"BEGIN:VCARD\nFN:Open\n"
        + card("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group")
        + card("FN:Bo", "no colon here")
        + b"BEGIN:VCARD\nFN:Last"
    )
    assert [(contact.name, len(contact.phones)) for contact in contacts] == [("Ann", 1)]
    assert [(fault.line, fault.reason) for fault in faults] == [
        (11, "stands outside a vCard"),
        (13, "is not closed: END:VCARD is missing"),
        (15, "is a group of contacts, and no contact"),
        (20, "is no property of a vCard: a name and a colon are expected"),
        (25, "is not closed: END:VCARD is missing"),
    ]


DIRTY = (
    card("FN:Ann", "EMAIL:ann at x", "PHOTO;ENCODING=b:AAAA", " BBBB")
    + b"hello\r\n"
    + card("FN:Fine", "EMAIL:fine@x.example")
    + b"BEGIN:VCARD\r\nFN:Open\r\n"
    + card("FN:Bo", "EMAIL;TYPE=WORK:bo@@x.example")
    + card("NOTE:nobody")
)


def test_rejected_cards_come_back_as_cards_are_rejected_again_and_corrected_they_go_in(tmp_path):
    (tmp_path / "people.vcf").write_bytes(DIRTY)
    good, faults, path = run(tmp_path / "people.vcf")
    assert (good, len(faults), path.name) == (1, 5, "people.rejects.vcf")
    again, same, second = run(path)
    assert (again, [one.message for one in same]) == (0, [one.message for one in faults])
    assert [line for line in second.read_text().splitlines() if "AGENTDESK-LINE" not in line] == [
        line for line in path.read_text().splitlines() if "AGENTDESK-LINE" not in line
    ]
    text = path.read_text()
    for wrong, right in (
        ("ann at x", "ann@x.example"),
        ("bo@@x", "bo@x"),
        ("hello\n", ""),
        ("NOTE:n", "FN:N"),
    ):
        text = text.replace(wrong, right)
    text = text.replace("FN:Open\n", "FN:Open\nEND:VCARD\n")
    path.write_text(text)
    with open_contacts(path) as file:
        found = [one for one in file.records() if not isinstance(one, Fault)]
    assert [one.name for one in found] == ["Ann", "Open", "Bo", "Nobody"]
    assert not any(one.extra for one in found)


WORDS = r"""BEGIN:VCARD| END:VCARD| VERSION:2.1| VERSION:3.0| FN:A;B\,\| TEL;CELL:+49 30 1| N:| ;| :| =||~x| item1.TEL:1|
item1.X-ABLabel:x| EMAIL;TYPE="a:b":a@x.example| ENCODING=QUOTED-PRINTABLE:=C3=| NOTE;QUOTED-PRINTABLE:=| AGENT:| \| "|
PHOTO;BASE64:AA| CHARSET=utf-7:+A| X-AGENTDESK-ERROR:x| ADR:;;;;| ORG:| KIND:group| ü""".replace(
    "\n", ""
).replace("| ", "|")
PIECES = st.lists(
    st.tuples(st.sampled_from(WORDS.split("|")), st.sampled_from(["", "\n", "\n", "\r\n", "\n "])),
    max_size=30,
).map(lambda parts: "BEGIN:VCARD\n" + "".join(word + end for word, end in parts).replace("~", "\0"))


@given(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map("BEGIN:VCARD\n".__add__))
def test_any_cards_become_contacts_and_faults_or_one_refusal_and_rejects_hold_them_all(text):
    try:
        file = open_contacts("-", stdin=io.BytesIO(text.encode()))
    except FileRefusedError:
        return
    faults = [one for one in file.records() if isinstance(one, Fault)]
    rejects = file.table.rejects(Path("none.vcf"))
    out = io.StringIO()
    rejects.begin(out)
    for fault in faults:
        rejects.put(out, fault)
    again, same = read_contacts(out.getvalue().encode())
    assert (len(again), len(same)) == (0, len(faults))


@given(st.binary(max_size=200))
def test_any_bytes_end_in_rows_or_one_refusal(data):
    try:
        assert sum(map(len, read_contacts(b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" + data))) >= 1
    except FileRefusedError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017  either way is fine
