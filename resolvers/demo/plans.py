"""What the demo firms are: people, services and clients, as plain facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonPlan:
    name: str
    role: str
    grade: str
    team: str
    hours: tuple[float, ...] = (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)
    left_days_ago: int | None = None
    on_leave: bool = False


@dataclass(frozen=True)
class ServicePlan:
    """A service; steps are (title, minutes), each waiting for the one before."""

    name: str
    every_months: int
    due_day: int
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FirmPlan:
    name: str
    country: str
    currency: str
    locale: str
    time_zone: str
    domain: str
    people: tuple[PersonPlan, ...]
    services: tuple[ServicePlan, ...]
    clients: tuple[tuple[str, str, tuple[str, ...]], ...]
    overdue: int
    waiting: int
    in_review: int

    @property
    def size(self) -> int:
        return len(self.clients)


_P = PersonPlan
_PART_TIME = (6.0, 6.0, 6.0, 0, 0, 0, 0)
HARBOUR_PEOPLE = (
    _P("Margaret Ashworth", "owner", "Managing partner", "Partners' office"),
    _P("Daniel Okafor", "partner", "Tax partner", "Tax"),
    _P("Helen Pryce", "manager", "Accounts manager", "Accounts"),
    _P("Tom Whitcombe", "manager", "Tax manager", "Tax"),
    _P("Priya Raman", "staff", "Senior accountant", "Accounts"),
    _P("Joe Lambert", "staff", "Accountant", "Accounts"),
    _P("Sofia Marek", "staff", "Accountant", "Accounts", on_leave=True),
    _P("Ruth Calloway", "staff", "Bookkeeper", "Bookkeeping", hours=_PART_TIME),
    _P("Ben Achterberg", "staff", "Bookkeeper", "Bookkeeping"),
    _P("Lucy Farrow", "staff", "Payroll clerk", "Bookkeeping"),
    _P("Imran Siddiqui", "contractor", "Bookkeeper", "Bookkeeping"),
    _P("Peter Nolan", "staff", "Tax senior", "Tax", left_days_ago=12),
)
_S = ServicePlan
HARBOUR_SERVICES = (
    _S("Monthly bookkeeping", 1, 15, (
        ("Collect bank statements and receipts", 20), ("Post the bank and cards", 90),
        ("Reconcile ledgers", 60), ("Send the month's questions", 20), ("Close the month", 30))),
    _S("Payroll", 1, 25, (
        ("Collect hours and changes", 15), ("Run the payroll", 45),
        ("Send payslips for approval", 15), ("File the RTI submission", 15))),
    _S("VAT return", 3, 7, (
        ("Check the quarter's bookkeeping", 45), ("Prepare the return", 60),
        ("Client approves the return", 10), ("File with HMRC", 15))),
    _S("Year-end accounts", 12, 20, (
        ("Request year-end records", 20), ("Post year-end adjustments", 150),
        ("Draft the accounts", 180), ("Partner review points", 60),
        ("Client signs the accounts", 15), ("File at Companies House", 20))),
    _S("Personal tax return", 12, 28, (
        ("Send the tax questionnaire", 15), ("Gather income and reliefs", 60),
        ("Prepare the return", 75), ("Client approves", 10), ("File the return", 15))),
)  # fmt: skip
_BOOKS, _VAT = "Monthly bookkeeping", "VAT return"
_COMPANIES = (
    "Bluebird Bakery Ltd", "Northgate Joinery Ltd", "Pell & Daughters Ltd", "Calder Cycles Ltd",
    "Saltmarsh Brewery Ltd", "Quayside Dental Ltd", "Larkfield Nurseries Ltd", "Hobbs Roofing Ltd",
    "Tidewater Marine Ltd", "Fernhill Vets Ltd", "Copperline Electrical Ltd", "Oakham Books Ltd",
    "Westering Films Ltd", "Pinder Haulage Ltd", "Greyfriars Architects Ltd", "Millrace Coffee Ltd",
    "Thistle & Thorn Ltd", "Amberley Care Ltd", "Redstart Software Ltd", "Cobble Lane Cafe Ltd",
    "Harrow Mill Textiles Ltd", "Stonebridge Dairy Ltd", "Fairlead Logistics Ltd",
    "Juniper Interiors Ltd", "Wren Print Works Ltd", "Holloway Motors Ltd", "Seabrook Lettings Ltd",
    "Kestrel Security Ltd", "Moorland Adventures Ltd", "Bell & Anchor Inns Ltd",
)  # fmt: skip
_PEOPLE = (
    "Anita Desai-Holt", "Gareth Pugh", "Nora Svensson", "Callum Reid", "Beatrice Langley",
    "Samuel Adeyemi", "Joanna Whitlock", "Martin Oduya", "Clara Fenwick", "Hugh Pemberton",
    "Elsie Marchetti", "Owen Tregear", "Farah Haddad", "Victor Lindqvist", "Rosalind Keane",
    "Dylan Prosser", "Maya Thackeray", "Leo Castellan", "Ingrid Solberg", "Patrick Dunmore",
    "Edith Rowntree", "Simon Achebe", "Yvonne Carrick", "Neil Hargreave", "Tessa Bramwell",
)  # fmt: skip
FAMILY = ("Robert Harding", "Caroline Harding", "Harding Estates Ltd", "Harding Family Trust")
_PACKAGES = ((_BOOKS, _VAT), (_BOOKS, "Payroll", "Year-end accounts"), (_VAT, "Year-end accounts"),
             (_BOOKS,), ("Payroll", "Year-end accounts"))  # fmt: skip
HARBOUR_CLIENTS = (
    (FAMILY[0], "individual", ("Personal tax return",)),
    (FAMILY[1], "individual", ("Personal tax return",)),
    (FAMILY[2], "organisation", (_BOOKS, _VAT, "Year-end accounts")),
    (FAMILY[3], "organisation", ("Year-end accounts",)),
    ("St Brannock's Hospice Charity", "organisation", (_BOOKS, "Payroll")),
    *((name, "organisation", _PACKAGES[i % len(_PACKAGES)]) for i, name in enumerate(_COMPANIES)),
    *((name, "individual", ("Personal tax return",)) for name in _PEOPLE),
)
LISBON_PEOPLE = (
    _P("Inês Tavares", "owner", "Sócia", "Consultoria"),
    _P("Rui Carvalho", "manager", "Gestor", "Consultoria"),
    _P("Marta Figueira", "staff", "Consultora", "Consultoria"),
    _P("Tiago Brandão", "staff", "Analista", "Consultoria"),
)
LISBON_SERVICES = (
    _S("Relatório de gestão", 1, 20, (
        ("Recolher os dados", 30), ("Analisar desvios", 120), ("Escrever o relatório", 90))),
    _S("Diagnóstico de processos", 12, 28, (
        ("Entrevistas", 180), ("Mapa de processos", 240), ("Recomendações", 150))),
)  # fmt: skip
LISBON_CLIENTS = tuple(
    (name, "organisation", ("Relatório de gestão",) if i % 2 else ("Diagnóstico de processos",))
    for i, name in enumerate((
        "Conservas do Sado, Lda.", "Cortiça Montargil, S.A.", "Padaria Alfama, Lda.",
        "Hotel Miradouro, Lda.", "Vinhos Serra Alta, S.A.", "Têxteis Ave Novo, Lda.",
        "Clínica Boavista, Lda.", "Azulejos Belém, Lda.", "Transportes Tejo, S.A.",
        "Livraria Chiado Velho, Lda."))
)  # fmt: skip
FIRMS = (
    FirmPlan("Ashworth & Okafor", "GB", "GBP", "en-GB", "Europe/London", "ashworth.example",
             HARBOUR_PEOPLE, HARBOUR_SERVICES, HARBOUR_CLIENTS, 8, 12, 5),
    FirmPlan("Tavares Consultoria", "PT", "EUR", "pt-PT", "Europe/Lisbon", "tavares.example",
             LISBON_PEOPLE, LISBON_SERVICES, LISBON_CLIENTS, 1, 2, 1),
)  # fmt: skip
