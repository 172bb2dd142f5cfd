from tests.transfer.tables import read_contacts


def test_a_hubspot_export_finds_its_places():
    header = "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Contact owner,Company Name"
    [found], _ = read_contacts(f"{header}\n51000,Ann,Lee,ann@x.com,(555) 555-0107,Buyer,Sam,Acme\n".encode())
    assert (found.external_id, found.name, found.title, found.organization) == (
        "51000",
        "Ann Lee",
        "Buyer",
        "Acme",
    )
    assert found.phones == (("(555) 555-0107", ""),)
    assert found.extra == {"Contact owner": "Sam"}


def test_a_zammad_header_with_a_delimiter_too_many_is_read():
    [found], _ = read_contacts(b"login;firstname;lastname;email;active;\nann;Ann;Lee;ann@x.com;true\n")
    assert (found.name, found.email_keys) == ("Ann Lee", ("ann@x.com",))
    assert found.extra == {"login": "ann", "active": "true"}


def test_work_mobile_and_home_numbers_carry_their_labels():
    header = "Display Name,Primary Email,Secondary Email,Work Phone,Home Phone,Mobile Number"
    [found], _ = read_contacts(f"{header}\nAnn,a@x.com,b@x.com,1111,2222,3333\n".encode())
    assert found.email_keys == ("a@x.com", "b@x.com")
    assert found.phones == (("1111", "work"), ("3333", "mobile"), ("2222", "home"))
