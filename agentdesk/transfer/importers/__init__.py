"""The import formats of contacts. A new one is a module here and a line in `IMPORTERS`."""

from typing import Final

from agentdesk.transfer.header import Header
from agentdesk.transfer.importers import (
    from_agentdesk,
    from_chatwoot,
    from_freshdesk,
    from_google,
    from_hubspot,
    from_linkedin,
    from_osticket,
    from_outlook,
    from_outlook_web,
    from_plain,
    from_salesforce,
    from_thunderbird,
    from_vcard,
    from_zammad,
    from_zendesk,
)
from agentdesk.transfer.importers.protocol import Importer
from agentdesk.transfer.refusals import UnknownSourceError

IMPORTERS: Final[dict[str, Importer]] = {
    from_google.NAME: from_google,
    from_outlook.NAME: from_outlook,
    from_outlook_web.NAME: from_outlook_web,
    from_hubspot.NAME: from_hubspot,
    from_salesforce.NAME: from_salesforce,
    from_zendesk.NAME: from_zendesk,
    from_freshdesk.NAME: from_freshdesk,
    from_zammad.NAME: from_zammad,
    from_osticket.NAME: from_osticket,
    from_chatwoot.NAME: from_chatwoot,
    from_thunderbird.NAME: from_thunderbird,
    from_linkedin.NAME: from_linkedin,
    from_vcard.NAME: from_vcard,
    from_agentdesk.NAME: from_agentdesk,
    from_plain.NAME: from_plain,
}
AUTO: Final = "auto"
"""The `--source` that means: look at the header."""


def recognise(header: Header, source: str = AUTO) -> tuple[Importer, str]:
    """Return the importer for a file, and why it is the one.

    Args:
        header: its columns.
        source: name of an importer, or `auto`.

    Raises:
        UnknownSourceError: no importer has that name.
    """
    if source != AUTO:
        if source not in IMPORTERS:
            raise UnknownSourceError(source, tuple(IMPORTERS))
        return IMPORTERS[source], "as asked for"
    sniffed = [(importer.sniff(header), importer) for importer in IMPORTERS.values()]
    best, importer = max(sniffed, key=lambda pair: pair[0].score)
    return importer, f"recognised by {best.why}"
