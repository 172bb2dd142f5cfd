"""What people call the columns of a contact list: English, German, French and Spanish, in many spellings.

Names are compared without case, accents, spaces and punctuation: `E-Mail Address`, `email_address` and
`emailAddress` are one. Earlier spellings of a role win over later ones; a column has one role.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

_ALIASES: Final[dict[str, str]] = {
    "name": "name fullname displayname contactname customername contact person vollstaendigername "
    "vollstandigername nomcomplet nombrecompleto kundenname",
    "first": "firstname givenname forename vorname prenom nombre nombredepila first",
    "middle": "middlename additionalname zweitervorname segundonombre",
    "last": "lastname surname familyname nachname familienname nom nomdefamille apellidos apellido last",
    "email": "email emailaddress primaryemail email1 email1value mail mailaddress emails contactemail customeremail "
    "emailadresse mailadresse adresseemail adressemail adresseelectronique courriel correoelectronico correo "
    "secondaryemail email2 email2address "
    "email2value email3 email3address email3value otheremail otheremails emailother emailmobile alternateemail "
    "additionalemail additionalemails additionalemailaddresses emailaddresses emailsemail emailsaddress",
    "email:work": "workemail emailwork businessemail",
    "email:home": "homeemail emailhome personalemail",
    "phone": "phone phonenumber primaryphone telephone telephonenumber tel phone1 phone1value contactphone telefon "
    "telefonnummer rufnummer telefono numerodetelephone numerodetelefono phone2 phone2value phones "
    "phonenumbers telephones phonesnumber phonesphone phonenumbersnumber",
    "phone:work": "workphone businessphone officephone phonework workphonenumber telefongeschaeftlich "
    "telefongeschaftlich telephoneprofessionnel telefonodeltrabajo businessphone2 companymainphone",
    "phone:mobile": "mobilephone mobile mobilenumber mobilephonenumber cellphone cell phonemobile mobil mobiltelefon "
    "handy handynummer mobilnummer mobiles mobilephones mobilenumbers portable telephoneportable movil telefonomovil",
    "phone:home": "homephone phonehome homephonenumber privatephone telefonprivat telephonedomicile homephone2",
    "phone:other": "otherphone phoneother",
    "organization": "organization organisation organizationname organisationname company companyname account "
    "accountname firma unternehmen societe entreprise empresa organizacion associatedcompany",
    "title": "jobtitle position jobposition funktion stellenbezeichnung fonction poste cargo puesto title",
    "external_id": "externalid uniqueexternalid recordid contactid customerid customernumber customerno identifier "
    "kundennummer kundennr numeroclient numerodecliente id",
    "language": "language locale preferredlanguage lang sprache langue idioma",
    "time_zone": "timezone zeitzone fuseauhoraire zonahoraria",
    "tags": "tags tag labels label categories keywords schlagworte schlagwoerter etiquettes etiquetas",
    "notes": "notes note comment comments remarks description about details notizen bemerkung bemerkungen "
    "kommentar remarques commentaire notas comentarios",
    "street": "street streetaddress address address1 addressline1 mailingstreet businessstreet homeaddress "
    "homestreet workaddress strasse adresse rue direccion calle "
    "addressstreet addressstreetaddress addressaddressline1 addressline",
    "city": "city town mailingcity businesscity homecity workcity ort stadt ville ciudad addresscity addresstown addresslocality",
    "region": "state region stateregion province stateprovince mailingstate mailingstateprovince businessstate "
    "homestate workstate bundesland provincia addressstate addressregion addressprovince",
    "postal_code": "postalcode zip zipcode postcode zippostalcode mailingpostalcode mailingzippostalcode "
    "businesspostalcode homezipcode homepostalcode workzipcode plz postleitzahl codepostal codigopostal "
    "addresspostalcode addresszip addresszipcode addresspostcode",
    "country": "country countryregion mailingcountry businesscountryregion businesscountry homecountry "
    "homecountryregion workcountry land pays pais addresscountry",
}
ROLES: Final = {
    alias: (role, rank) for role, aliases in _ALIASES.items() for rank, alias in enumerate(aliases.split())
}
"""Role and rank of each compact name."""

ACCEPTED: Final = (
    *("Name", "First Name", "Last Name", "Email", "Phone", "Mobile Phone"),
    *("Vorname", "Nachname", "E-Mail", "Telefon", "Nom", "Courriel", "Nombre", "Correo"),
)
"""Examples of headers that make a file of contacts, for messages."""


def compact_name(name: str) -> str:
    """Return a header name without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


def find_roles(names: Iterable[str]) -> dict[str, list[int]]:
    """Return the indexes of the columns of each role, the best spelling first, and roles in the order of preference.

    Args:
        names: header names as written.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        role, rank = ROLES.get(compact_name(name), ("", 0))
        if role:
            found.setdefault(role, []).append((rank, place))
    return {role: [place for _, place in sorted(found[role])] for role in _ALIASES if role in found}
