"""The people among the clients: private, sole traders, and the trust of one family."""

from resolvers.demo.facts import ClientFacts, ContactFacts


def _person(
    name: str, preparer: str, *tags: str, size: int = 2, contact: str = "", notes: str = "",
    kind: str = "individual", restricted: bool = False, also: str = "",
) -> ClientFacts:  # fmt: skip
    """`also` reads "v:ben": other services, as companies have them."""
    services = {"personal": preparer}
    services |= {{"b": "books", "v": "vat"}[part[0]]: part[2:] for part in also.split()}
    role = "trustee" if kind == "organisation" else "client"
    return ClientFacts(
        name=name, kind=kind, tags=tags, contacts=(ContactFacts(contact or name, role),),
        services=services, size=size, notes=notes, restricted=restricted, partner="david",
    )  # fmt: skip


PERSONS = (
    _person("Edward Trevanock", "oliver", "family", "director"),
    _person("Charlotte Trevanock", "oliver", "family", "director", size=1),
    _person("The Trevanock Family Settlement", "sophie", "family", "trust", kind="organisation",
            contact="Edward Trevanock", notes="Ten-year charge falls due in three years."),
    _person("Sir Julian Harcastle", "sophie", "private office", size=3, restricted=True,
            notes="In the public eye. Speak to nobody but him and his private office."),
    _person("Margaret Ollerenshaw", "oliver", "landlord",
            notes="Prefers the phone; hard of hearing, speak slowly."),
    _person("Simon Tredgold", "oliver", "landlord", "director"),
    _person("Isobel McKinnon", "sophie", "author", size=1),
    _person("Callum Reid-Foster", "oliver", "actor", size=1),
    _person("Fiona Drummond", "oliver", "landlord"),
    _person("Dr Rajan Mehta", "oliver", "health", notes="Pension annual allowance every year."),
    _person("Helen Varley", "sophie", "health", "director"),
    _person("Marcus Dunmore", "sophie", "US citizen", size=3,
            notes="Files in the US as well; their adviser needs our figures by March."),
    _person("Beatrix Holloway", "oliver", "pensioner", size=1),
    _person("Gareth Pugh (Pugh Plumbing)", "oliver", "sole trader", "trades", also="v:ben",
            contact="Gareth Pugh"),
    _person("Lucy Marchetti (Marchetti Ceramics)", "sophie", "sole trader", "creative",
            contact="Lucy Marchetti", size=1),
    _person("Samir Haddad, barrister", "oliver", "sole trader", "professional", also="v:grace",
            contact="Samir Haddad"),
    _person("Owen Blackwood (tree surgeon)", "oliver", "sole trader", "trades", size=1,
            contact="Owen Blackwood"),
    _person("Denise Calloway (Calloway Hair)", "sophie", "sole trader", "retail", also="b:hannah",
            contact="Denise Calloway"),
    _person("Piotr Zieliński (tiling)", "oliver", "sole trader", "construction", "CIS", size=1,
            contact="Piotr Zieliński"),
    _person("Dr Anya Bhattacharya, locum", "sophie", "sole trader", "health", size=1,
            contact="Dr Anya Bhattacharya"),
    _person("Joe Tindall (market catering)", "oliver", "sole trader", "food and drink",
            contact="Joe Tindall", also="b:tom"),
)  # fmt: skip
