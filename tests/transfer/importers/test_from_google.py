from tests.transfer.stock import bring_in, customers
from tests.transfer.tables import read_contacts

NEW = (
    "First Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,"
    "Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Birthday"
)
OLD = (
    "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Organization 1 - Name,Organization 1 - Title"
)


def one(header, row, **options):
    [found], faults = read_contacts(f"{header}\n{row}\n".encode(), **options)
    assert not faults
    return found


def test_the_starred_address_and_number_come_first():
    found = one(
        NEW,
        "Ann,Lee,Acme,Buyer,,* myContacts ::: * Friends ::: VIP,Home,h@x.com,* Work,w@x.com,Home,+49 30 1234567,"
        "* Mobile,+49 170 1234567,Hauptstr. 1,Ulm,89073,DE,1980-01-01",
    )
    assert found.email_keys == ("w@x.com", "h@x.com")
    assert found.email_labels == ("work", "home")
    assert found.phones == (("+49 170 1234567", "mobile"), ("+49 30 1234567", "home"))
    assert found.tags == ("Friends", "VIP")
    assert (found.name, found.organization, found.title) == ("Ann Lee", "Acme", "Buyer")
    assert tuple(found.address) == ("Hauptstr. 1", "Ulm", "", "89073", "DE")
    assert found.extra == {"Birthday": "1980-01-01"}


def test_joined_values_are_parted():
    found = one(NEW, ",,,,,,Work,a@x.com ::: b@x.com,,,Work,+49 30 1234567 ::: +49 30 7654321,,,,,,,")
    assert found.email_keys == ("a@x.com", "b@x.com")
    assert found.phones == (("+49 30 1234567", "work"), ("+49 30 7654321", "work"))


def test_a_row_with_a_number_alone_is_a_contact():
    assert one(NEW, ",,,,,,,,,,Mobile,+49 170 1234567,,,,,,,").phones == (("+49 170 1234567", "mobile"),)


def test_the_old_export_is_read_too():
    found = one(OLD, "Ann Lee,Ann,Lee,* My Contacts,* Work,a@x.com,Mobile,+49 170 1234567,Acme,Buyer")
    assert (found.name, found.email_keys, found.organization, found.title) == (
        "Ann Lee",
        ("a@x.com",),
        "Acme",
        "Buyer",
    )
    assert (found.tags, found.extra) == ((), {})


def test_a_fax_is_kept_beside_and_never_called():
    found = one(NEW, "Ann,,,,,,,,,,* Work Fax,+49 30 9,Mobile,+49 170 1,,,,,")
    assert (found.phones, found.extra) == ((("+49 170 1", "mobile"),), {"work fax": "+49 30 9"})


def test_labels_of_addresses_arrive_in_the_store(desk, tmp_path):
    path = tmp_path / "google.csv"
    path.write_text(f"{NEW}\nAnn,,,,,,Home,h@x.com,* Work,w@x.com,,,,,,,,,\n", encoding="utf-8")
    bring_in(desk, path)
    path.write_text(f"{NEW}\nAnn,,,,,,* ,w@x.com,Other,o@x.com,,,,,,,,,\n", encoding="utf-8")
    bring_in(desk, path)
    [person] = customers(desk)
    assert [(way[2], way[3], way[4]) for way in person["ways"]] == [
        ("w@x.com", "work", True),
        ("h@x.com", "home", False),
        ("o@x.com", "other", False),
    ]
