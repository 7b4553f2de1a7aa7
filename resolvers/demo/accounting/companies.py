"""The companies, partnerships and charities among the clients."""

from resolvers.demo.facts import ClientFacts, ContactFacts

_KEYS = {"b": "books", "p": "payroll", "v": "vat", "a": "accounts", "d": "director"}


def _company(
    name: str, work: str, year_end: int, contact: str, *tags: str, size: int = 2,
    more: tuple[ContactFacts, ...] = (), notes: str = "", status: str = "active",
) -> ClientFacts:  # fmt: skip
    """`work` reads "b:megan p:aisha": a service's letter and who prepares it."""
    services = {_KEYS[part[0]]: part[2:] for part in work.split()}
    return ClientFacts(
        name=name, tags=tags, contacts=(ContactFacts(contact), *more), services=services,
        year_end=year_end, size=size, notes=notes, status=status, partner="eleanor",
    )  # fmt: skip


def _also(name: str, role: str) -> tuple[ContactFacts, ...]:
    return (ContactFacts(name, role),)


COMPANIES = (
    _company("Trevanock Joinery Ltd", "b:megan p:aisha v:ben a:grace", 3, "Edward Trevanock",
             "family", "manufacturing", more=_also("Charlotte Trevanock", "company secretary"),
             notes="Edward reads e-mail after six. Anything urgent: the workshop phone."),
    _company("Greyfold Software Ltd", "p:aisha v:grace a:grace d:eleanor", 12, "Nadia Ferreira",
             "technology", "monthly reporting", size=3, more=_also("Jonas Beck",
                 "payroll contact")),
    _company("Juniper Yard Coffee Roasters Ltd", "b:hannah p:aisha v:ben a:ben", 9, "Milo Sandford",
             "food and drink", "retail"),
    _company("Ravensholt Security Systems Ltd", "b:megan p:aisha v:luke a:luke", 6, "Carol Whitby",
             "trades", notes="Stock is counted on the last Saturday of June."),
    _company("Marlowick Furniture Ltd", "b:hannah v:ben a:ben", 1, "Theo Marlow", "manufacturing"),
    _company("Hollin & Pike Architects LLP", "p:aisha v:grace a:priya", 3, "Judith Hollin",
             "professional", more=_also("Adrian Pike", "member")),
    _company("Tamblefield Farm Shop Ltd", "b:hannah p:aisha v:luke a:ben", 2, "Rosie Tamble",
             "food and drink", "retail", "farming"),
    _company("Ockenby Motors Ltd", "b:megan p:aisha v:grace a:grace", 10, "Dennis Ockenby",
             "motor trade", "margin scheme", size=3),
    _company("Silverbeck Physiotherapy Ltd", "p:aisha a:luke", 4, "Ingrid Solberg", "health",
        size=1),
    _company("Nightjar Film Productions Ltd", "v:ben a:luke", 7, "Kit Abernethy", "creative",
             notes="Film tax relief claim every other year."),
    _company("Cawdrey & Sons Builders Ltd", "b:megan p:aisha v:ben a:grace", 5, "Martin Cawdrey",
             "construction", "CIS", more=_also("Lorna Cawdrey", "bookkeeping contact")),
    _company("Ferncote Nursery School Ltd", "p:aisha a:ben", 8, "Alison Webb", "education"),
    _company("Dunmarsh Care Homes Ltd", "p:aisha a:grace d:priya", 3, "Vivek Chandra", "health",
             "monthly reporting", size=3, more=_also("Stella Grant", "payroll contact")),
    _company("Pellworth Recruitment Ltd", "b:hannah p:aisha v:grace a:ben", 11, "Amber Pellworth",
             "professional"),
    _company("Kittiwake Travel Design Ltd", "v:ben a:grace", 10, "Louis Armitage", "travel",
             "margin scheme"),
    _company("Brackenrigg Outdoor Ltd", "b:hannah v:ben a:ben", 1, "Fraser Lockhart", "retail"),
    _company("Larkmoor Electrical Ltd", "b:megan p:aisha v:luke a:luke", 4, "Sunil Desai", "trades",
             "CIS"),
    _company("Thistlecombe Catering Ltd", "b:hannah p:aisha v:grace a:ben", 6, "Bridget O’Shea",
             "food and drink"),
    _company("Quillfeather Books Ltd", "v:ben a:luke", 3, "Matilda Rowe", "retail", size=1),
    _company("Copperwick Lighting Ltd", "b:tom v:grace a:grace", 12, "Henrik Dahl",
        "manufacturing"),
    _company("Fennimore Haulage Ltd", "b:megan p:aisha v:grace a:grace d:eleanor", 9,
             "Ray Fennimore", "transport", "monthly reporting", size=3),
    _company("Fennimore Warehousing Ltd", "a:grace", 9, "Ray Fennimore", "transport", size=1,
             notes="Invoices go to Fennimore Haulage."),
    _company("Wexcombe Interiors Ltd", "v:ben a:ben", 5, "Pippa Wexcombe", "creative", size=1),
    _company("Saltpan Brewing Company Ltd", "b:tom p:aisha v:ben a:grace", 3, "Jack Orrin",
             "food and drink", "excise"),
    _company("Harbottle & Quaye Surveyors Ltd", "p:aisha v:grace a:priya", 7, "Efua Quaye",
             "professional"),
    _company("Mossgate Dental Care Ltd", "p:aisha a:grace", 2, "Helen Varley", "health"),
    _company("Beaconhurst Lettings Ltd", "b:hannah a:ben", 4, "Simon Tredgold", "property", size=1),
    _company("Pinnock Precision Engineering Ltd", "p:aisha v:grace a:grace d:priya", 6,
             "George Pinnock", "manufacturing", "monthly reporting", size=3,
             more=_also("Wendy Marsden", "payroll contact")),
    _company("Tidewrack Studios Ltd", "v:ben a:luke", 11, "Noor Rahman", "creative", size=1),
    _company("Yarrowby Veterinary Group Ltd", "b:megan p:aisha v:grace a:ben", 8, "Duncan Farrow",
             "health", size=3),
    _company("Lindenmere Wines Ltd", "v:ben a:ben", 1, "Sylvie Arnaud", "retail", "excise"),
    _company("Cobblegate Properties Ltd", "a:ben", 3, "Frank Ellery", "property", size=1,
             notes="Company sold. Papers handed to the buyer's accountant."),
    _company("St Aldwyth’s Almshouses", "p:aisha a:grace", 3, "Canon Peter Lyle", "charity",
             notes="Trustees meet in the second week of each quarter."),
    _company("Lanternhouse Community Theatre", "b:hannah a:ben", 8, "Zara Mistry", "charity"),
    _company("Hedgerow Rescue Trust", "a:priya", 12, "Ursula Finney", "charity", size=1),
    _company("Moorcroft & Daughters Farm Partnership", "b:tom v:grace a:ben", 9, "Agnes Moorcroft",
             "farming", more=_also("Ruth Moorcroft", "partner")),
    _company("The Old Bakehouse Partnership", "v:luke a:luke", 3, "Colin Fry", "food and drink",
             size=1),
    _company("Alderpoint Robotics Ltd", "p:aisha v:grace a:grace", 12, "Dr Mei-Lin Zhou",
             "technology", status="onboarding", notes="Came by recommendation of Greyfold."),
    _company("Ketteridge Orchards Ltd", "", 9, "Hugo Ketteridge", "farming", status="prospect",
             notes="Proposal sent: bookkeeping, VAT and accounts."),
)  # fmt: skip
