"""The sixty clients of Wrenfield Marsh, and how some of them belong together."""

from resolvers.demo.accounting.companies import COMPANIES
from resolvers.demo.accounting.persons import PERSONS
from resolvers.demo.facts import ClientFacts

CLIENTS: tuple[ClientFacts, ...] = (*COMPANIES, *PERSONS)

JOINED_LATER = {"Alderpoint Robotics Ltd": 8, "Ketteridge Orchards Ltd": 5}
"""Clients that the firm has only had for so many days."""
LEFT = {"Cobblegate Properties Ltd": 63}
"""Clients that went so many days ago."""

RELATIONS = (
    ("Edward Trevanock", "spouse", "Charlotte Trevanock"),
    ("Edward Trevanock", "owns", "Trevanock Joinery Ltd"),
    ("Charlotte Trevanock", "owns", "Trevanock Joinery Ltd"),
    ("Edward Trevanock", "trustee", "The Trevanock Family Settlement"),
    ("Charlotte Trevanock", "trustee", "The Trevanock Family Settlement"),
    ("The Trevanock Family Settlement", "owns", "Trevanock Joinery Ltd"),
    ("Fennimore Warehousing Ltd", "subsidiary", "Fennimore Haulage Ltd"),
    ("Fennimore Warehousing Ltd", "billed_through", "Fennimore Haulage Ltd"),
    ("Simon Tredgold", "owns", "Beaconhurst Lettings Ltd"),
    ("Helen Varley", "owns", "Mossgate Dental Care Ltd"),
)
