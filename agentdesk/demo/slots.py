"""What is filled into the texts of one ticket: one order, one machine, one set of dates, the same in every message."""

from datetime import datetime, timedelta
from random import Random

from agentdesk.demo.persons import Order, Person

PRICES = {"Ottilie One": 389, "Ottilie Duo": 749}
BEANS = ("House No. 4", "Lantern", "Slow Sunday", "Decaf Dusk")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_STREETS = ("Mill Lane {n}", "{n} Harbour Road", "Station Street {n}", "{n} Orchard Close", "Old Market {n}")


def say_date(instant: datetime, language: str) -> str:
    """The day in the words of a language: `12 October`, `12. Oktober`, `10月12日`."""
    if language == "ja":
        return f"{instant.month}月{instant.day}日"
    month = _MONTHS[language].split()[instant.month - 1]
    return {"de": f"{instant.day}. {month}", "es": f"{instant.day} de {month}"}.get(
        language, f"{instant.day} {month}"
    )


def buy(rng: Random, at: datetime, *, machine: bool) -> Order:
    """An order of that day."""
    number = f"OT-{rng.randrange(100_000, 999_999)}"
    if machine:
        item, price = rng.choice(list(PRICES.items()))
        return Order(number, at, item, price)
    bags = rng.randint(2, 4)
    return Order(number, at, f"{bags} x {rng.choice(BEANS)}, 500 g", 15 * bags)


def fill_slots(rng: Random, person: Person, order: Order, at: datetime, language: str) -> dict[str, str]:
    """Every slot the material uses.

    Args:
        rng: where chance comes from.
        person: who writes.
        order: what it is about.
        at: when the ticket is opened; days in the text lie around it.
        language: of the text, for days.
    """
    machine = order.item if order.item in PRICES else rng.choice(list(PRICES))
    beans, other = rng.sample(BEANS, 2)
    if (bought := next((one for one in BEANS if one in order.item), None)) is not None:
        beans, other = bought, rng.choice([one for one in BEANS if one != bought])
    bags = int(order.item[0]) if bought else rng.randint(2, 4)
    days = {
        "order_date": order.at,
        "past": max(at - timedelta(days=rng.randint(2, 6)), order.at + timedelta(days=1)),
        "soon": working_day(at + timedelta(days=rng.randint(2, 4))),
        "later": working_day(at + timedelta(days=rng.randint(12, 26))),
    }
    month = _MONTHS.get(language, _MONTHS["en"]).split()[(at - timedelta(days=50)).month - 1]
    year = f"{at:%y}"
    company = person.company
    return {
        **{name: say_date(day, language) for name, day in days.items()},
        "name": person.name if language == person.language else person.signed,
        "first": person.first,
        "last": person.last,
        "email": person.email,
        "org": company.name if company else person.signed,
        "city": person.city,
        "street": rng.choice(_STREETS).format(n=rng.randint(2, 98)),
        "order": order.number,
        "item": order.item,
        "amount": f"{order.price}.00 €",
        "amount2": f"{rng.choice((20, 25, 30, 40, 50))}.00 €",
        "fee": f"{rng.choice(('4.90', '6.50', '7.90', '12.40'))} €",
        "percent": str(rng.choice((8, 11, 14))),
        "invoice": f"INV-{year}-{rng.randrange(2_000, 9_999)}",
        "invoice2": f"INV-{year}-{rng.randrange(2_000, 9_999)}",
        "machine": machine,
        "part": rng.choice(("gasket", "milk tube", "drip tray", "tank lid")),
        "beans": beans,
        "other_beans": other,
        "qty": ("two", "three", "four")[bags - 2],
        "first_qty": ("Two", "Three", "Four")[bags - 2],
        "qty0": str(rng.choice((6, 8, 10, 12, 15, 20))),
        "people": str(rng.choice((12, 18, 25, 40, 60))),
        "cups": str(rng.choice((40, 60, 90, 120))),
        "days": rng.choice(("14", "21", "28")),
        "carrier": rng.choice(("Postfalk", "Northline", "Corvo Express")),
        "tracking": f"{rng.choice(('PF', 'NL', 'CX'))} {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} {rng.randrange(10, 99)}",
        "tracking2": f"CX {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} {rng.randrange(10, 99)}",
        "case": f"R-{rng.randrange(10_000, 99_999)}",
        "serial": f"{'OD' if machine.endswith('Duo') else 'OO'}{rng.randint(22, 25)}-{rng.randint(1, 4)}-{rng.randrange(10_000, 99_999)}",
        "batch": f"L{rng.randint(20, 45)}-{rng.randrange(100, 999)}",
        "month": month,
        "last4": f"{rng.randrange(1000, 9999)}",
        "voucher": f"GIFT-{rng.choice('ABCDEFGH')}{rng.randrange(1000, 9999)}O",
        "voucher2": f"GIFT-{rng.choice('KLMNPQ')}{rng.randrange(10_000, 99_999)}",
        "app": f"5.{rng.randint(1, 4)}.{rng.randint(0, 6)}",
        "firmware": rng.choice(("4.2.0", "4.2.1")),
        "phone_os": rng.choice(("Android 14", "Android 15", "iPhone, newest system", "a tablet"))
        if language == "en"
        else rng.choice(("Android 15", "iOS 18")),
    }


def working_day(instant: datetime) -> datetime:
    """That day, or the Monday after where it is at a weekend."""
    return instant + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[instant.weekday()])
