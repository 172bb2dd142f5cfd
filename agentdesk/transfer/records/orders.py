"""Orders of a shop or an ERP: money in the smallest unit of its currency."""

from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.money import AmountError, read_money
from agentdesk.models import Order
from agentdesk.transfer.records.cells import currency, instant, number, text
from agentdesk.transfer.records.common import WHO
from agentdesk.transfer.records.kind import EXTERNAL_ID, CellError, Field, Kind, Told, Ways


def _amount(cell: str, ways: Ways) -> tuple[str, str]:
    return cell, ways.decimal


def _finish(told: Told) -> Told:
    """Money needs its currency, which may stand in another cell."""
    if "amount" not in told:
        return told
    found = told.pop("amount")
    told["amount_minor"] = None
    if found is not None:
        try:
            told["amount_minor"], told["currency"] = read_money(
                found[0], told.get("currency") or "", found[1]
            )
        except AmountError as error:
            raise CellError(str(error), "amount") from None
    return told


ORDERS: Final = Kind(
    name="orders",
    noun="order",
    model=Order,
    fields=(
        Field(
            EXTERNAL_ID,
            text,
            "ordernumber orderid orderno order number orderreference reference invoicenumber bestellnummer name "
            "externalid id",
            is_needed=True,
        ),
        *WHO,
        Field(
            "status",
            text,
            "status orderstatus state financialstatus fulfillmentstatus paymentstatus",
            is_told=True,
        ),
        Field(
            "at",
            instant,
            "at orderedat orderdate date createdat created datecreated placedat purchasedate paidat bestelldatum",
            is_needed=True,
        ),
        Field(
            "amount",
            _amount,
            "amount total ordertotal grandtotal totalprice totalamount price value betrag summe",
        ),
        Field("amount_minor", number(-(2**63), 2**63 - 1), "amountincents totalcents"),
        Field("currency", currency, "currency currencycode ordercurrency waehrung wahrung"),
        Field(
            "summary",
            text,
            "summary description items item product productname lineitemname lineitems title",
            joins=", ",
        ),
    ),
    needs={
        (EXTERNAL_ID,): "nothing tells one order from another",
        (
            "customer_id",
            "customer_email",
            "customer_phone",
            "customer",
        ): "nothing tells whose orders they are",
        ("at",): "nothing tells when an order was placed",
    },
    finish=_finish,
    made=Event.ORDER_RECEIVED,
    changed=Event.ORDER_CHANGED,
    has_customer=True,
)
