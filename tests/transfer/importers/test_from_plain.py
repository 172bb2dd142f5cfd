from tests.transfer.tables import read_contacts


def test_work_mobile_and_home_numbers_carry_their_labels():
    header = "Name,Primary Email,Secondary Email,Work Phone,Home Phone,Mobile Number,Fax"
    [found], _ = read_contacts(f"{header}\nAnn,a@x.com,b@x.com,11111,22222,33333,44444\n".encode())
    assert found.email_keys == ("a@x.com", "b@x.com")
    assert found.phones == (("11111", "work"), ("33333", "mobile"), ("22222", "home"))
    assert found.extra == {"Fax": "44444"}


def test_addresses_of_work_and_home_carry_their_labels():
    [found], _ = read_contacts(b"Name,Home Email,Work Email\nAnn,a@x.com,b@x.com\n")
    assert (found.emails, found.email_labels) == (("b@x.com", "a@x.com"), ("work", "home"))
    [found], _ = read_contacts(b"Name,Work Email\nAnn,a@x.com\n")
    assert (found.emails, found.email_labels) == (("a@x.com",), ("work",))
