import pytest

from agentdesk.transfer.contact_columns import _ALIASES, ROLES, compact_name, find_roles


@pytest.mark.parametrize(
    "name", ["E-Mail Address", "email_address", "emailAddress", " EMAIL ADDRESS:", "é-mail address"]
)
def test_spelling_does_not_matter(name):
    assert find_roles([name]) == {"email": [0]}


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (
            ["Vorname", "Nachname", "E-Mail", "Telefon", "Firma"],
            ["first", "last", "email", "phone", "organization"],
        ),
        (
            ["Prénom", "Nom", "Courriel", "Téléphone", "Société"],
            ["first", "last", "email", "phone", "organization"],
        ),
        (["Nombre", "Apellidos", "Correo electrónico", "Móvil"], ["first", "last", "email", "phone:mobile"]),
        (["Straße", "PLZ", "Ort", "Land"], ["street", "postal_code", "city", "country"]),
    ],
)
def test_other_languages_are_understood(names, roles):
    assert find_roles(names) == {role: [place] for place, role in enumerate(roles)}


def test_the_best_spelling_comes_first():
    assert find_roles(["id", "external_id"])["external_id"] == [1, 0]
    assert find_roles(["Title", "Job Title"])["title"] == [1, 0]


def test_every_alias_is_compact_and_has_one_role():
    aliases = [alias for text in _ALIASES.values() for alias in text.split()]
    assert len(aliases) == len(set(aliases)) == len(ROLES)
    assert all(compact_name(alias) == alias for alias in aliases)
