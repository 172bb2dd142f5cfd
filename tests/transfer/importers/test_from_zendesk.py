from tests.transfer.tables import read_contacts


def test_a_bulk_import_file_is_read_whatever_the_order():
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
