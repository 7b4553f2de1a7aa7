"""Ashworth & Okafor: twelve people, three teams and sixty clients, in London."""

from resolvers.demo.ashworth_board import HELD, LOOSE
from resolvers.demo.ashworth_money import MONEY
from resolvers.demo.plans import (
    LEAD,
    ClientPlan,
    ClientStatus,
    DaysOff,
    FirmPlan,
    PersonPlan,
    PortalPlan,
    ServicePlan,
    StepPlan,
)

_P, _S, _Off = PersonPlan, StepPlan, DaysOff
_PART_TIME = (6.0, 6.0, 6.0, 0, 0, 0, 0)
PEOPLE = (
    _P("Margaret Ashworth", "owner", "Managing partner", "Tax", 0.66, joined=212,
       days_off=(_Off(-121, -112), _Off(-58, -57))),
    _P("Daniel Okafor", "partner", "Tax partner", "Tax", 0.68, joined=177,
       days_off=(_Off(-104, -93), _Off(-30, -29))),
    _P("Helen Pryce", "manager", "Accounts manager", "Accounts", 0.69, joined=118,
       days_off=(_Off(-88, -81), _Off(-37, -36))),
    _P("Tom Whitcombe", "manager", "Tax manager", "Tax", 0.72, joined=95,
       days_off=(_Off(-133, -126), _Off(-65, -63))),
    _P("Priya Raman", "staff", "Senior accountant", "Accounts", 0.75, joined=71,
       days_off=(_Off(-97, -90),)),
    _P("Joe Lambert", "staff", "Accountant", "Accounts", 0.74, joined=26,
       days_off=(_Off(-77, -70), _Off(-44, -43, "training"))),
    _P("Sofia Marek", "staff", "Accountant", "Accounts", 0.73, joined=43,
       days_off=(_Off(-110, -108), _Off(-6, 9))),
    _P("Ruth Calloway", "staff", "Bookkeeper", "Bookkeeping", 0.76, hours=_PART_TIME, joined=60,
       days_off=(_Off(-84, -78),)),
    _P("Ben Achterberg", "staff", "Bookkeeper", "Bookkeeping", 0.75, joined=34,
       days_off=(_Off(-118, -112), _Off(-52, -49, "sickness"))),
    _P("Lucy Farrow", "staff", "Payroll clerk", "Bookkeeping", 0.72, joined=19,
       days_off=(_Off(-101, -99), _Off(-72, -70))),
    _P("Imran Siddiqui", "contractor", "Bookkeeper", "Bookkeeping", 0.77, joined=16,
       days_off=(_Off(-91, -86),)),
    _P("Peter Nolan", "staff", "Tax senior", "Tax", 0.71, joined=52, left_days_ago=12,
       days_off=(_Off(-80, -73),)),
)  # fmt: skip

BOOKS, PAYROLL, VAT = "Monthly bookkeeping", "Payroll", "VAT return"
ACCOUNTS, TAX, MONTHLY = "Year-end accounts", "Personal tax return", "Management accounts"
SERVICES = (
    ServicePlan(BOOKS, "Bookkeeping", ("Ben Achterberg", "Imran Siddiqui", "Ruth Calloway",
                                       "Ben Achterberg", "Imran Siddiqui"), 1, (22, 46), 34, (
        _S("Collect bank statements and receipts", 45, notes="Feed first, then what it lacks."),
        _S("Post the bank and cards", 300),
        _S("Reconcile the ledgers", 180, notes="Bank, VAT control, loans, directors' accounts."),
        _S("Send the month's questions", 45),
        _S("Close the month", 60)),
        asks_for="the month's receipts and bank statements"),
    ServicePlan(PAYROLL, "Bookkeeping", ("Lucy Farrow",), 1, (-1, 3), 14, (
        _S("Collect hours and changes", 25, notes="Starters, leavers, rates, sickness."),
        _S("Run the payroll", 75),
        _S("Send payslips for approval", 15),
        _S("File the RTI submission", 15, notes="On or before pay day.")),
        asks_for="hours, starters and leavers", before_period_ends=14),
    ServicePlan(VAT, "Accounts", ("Joe Lambert", "Sofia Marek", "Priya Raman"), 3, (21, 36), 30, (
        _S("Check the quarter's bookkeeping", 210),
        _S("Prepare the return", 270, notes="Scan for entertaining, cars and exempt supplies."),
        _S("Client approves the return", 30),
        _S("File with HMRC", 30)),
        asks_for="approval of the VAT return", reviewed=True),
    ServicePlan(MONTHLY, "Accounts", ("Helen Pryce", "Joe Lambert", "Priya Raman"), 1,
                (20, 50), 34, (
        _S("Take over the closed month", 60),
        _S("Post accruals and depreciation", 240),
        _S("Write the commentary", 180, notes="Three sentences a page, no jargon."),
        _S("Go through it with the client", 60, LEAD)),
        asks_for="stock and work in progress at the month's end"),
    ServicePlan(ACCOUNTS, "Accounts", ("Priya Raman", "Joe Lambert", "Sofia Marek"), 12,
                (95, 200), 60, (
        _S("Request year-end records", 45),
        _S("Post year-end adjustments", 480),
        _S("Draft the accounts", 600, notes="FRS 105 where the limits allow, else FRS 102 1A."),
        _S("Clear the review points", 120),
        _S("Client signs the accounts", 30),
        _S("File at Companies House", 30)),
        asks_for="the year-end stock count and loan statements", reviewed=True, signed_off=True),
    ServicePlan(TAX, "Tax", ("Tom Whitcombe", "Peter Nolan"), 12, (40, 285), 40, (
        _S("Send the tax questionnaire", 30),
        _S("Gather income and reliefs", 210, notes="P60, P11D, dividends, pensions, gifts."),
        _S("Prepare the return", 300),
        _S("Client approves the return", 30),
        _S("File with HMRC", 30)),
        asks_for="P60, dividend vouchers and the questionnaire", reviewed=True),
)  # fmt: skip

_COMPANIES = """Bluebird Bakery Ltd|Anna Birch, Northgate Joinery Ltd|Colin Marsh,
Pell & Daughters Ltd|Moira Pell, Calder Cycles Ltd|Jonas Calder, Saltmarsh Brewery Ltd|Nia Rowe,
Quayside Dental Ltd|Dr Amit Sood, Larkfield Nurseries Ltd|Jean Larkin,
Hobbs Roofing Ltd|Gary Hobbs, Tidewater Marine Ltd|Ewan Strand, Fernhill Vets Ltd|Dr Kate Fern,
Copperline Electrical Ltd|Dev Nair, Oakham Books Ltd|Lydia Oakes, Westering Films Ltd|Max Adler,
Pinder Haulage Ltd|Stan Pinder,
Greyfriars Architects Ltd|Iris Grey, Millrace Coffee Ltd|Theo Mills, Thistle & Thorn Ltd|Una Brodie,
Amberley Care Ltd|Grace Amber, Redstart Software Ltd|Wei Chen, Cobble Lane Cafe Ltd|Rosa Neri,
Harrow Mill Textiles Ltd|Paul Harrow, Stonebridge Dairy Ltd|Will Stone,
Fairlead Logistics Ltd|Ola Berg, Juniper Interiors Ltd|June Perry, Wren Print Works Ltd|Alf Wren,
Holloway Motors Ltd|Dean Holloway,
Seabrook Lettings Ltd|Carol Seabrook, Kestrel Security Ltd|Mick Tyler,
Moorland Adventures Ltd|Fay Moor, Bell & Anchor Inns Ltd|Bob Bell"""
_PACKAGES = ((BOOKS, VAT), (BOOKS, PAYROLL, ACCOUNTS), (VAT, MONTHLY, ACCOUNTS),
             (BOOKS, MONTHLY), (PAYROLL, ACCOUNTS))  # fmt: skip
_PEOPLE = """Anita Desai-Holt, Gareth Pugh, Nora Svensson, Callum Reid, Beatrice Langley,
Samuel Adeyemi, Joanna Whitlock, Martin Oduya, Clara Fenwick, Hugh Pemberton, Elsie Marchetti,
Owen Tregear, Farah Haddad, Victor Lindqvist, Rosalind Keane, Dylan Prosser, Maya Thackeray,
Leo Castellan, Ingrid Solberg, Patrick Dunmore, Edith Rowntree, Simon Achebe, Yvonne Carrick,
Neil Hargreave, Tessa Bramwell"""
_YEAR_ENDS = ((3, 31), (12, 31), (6, 30), (9, 30), (4, 30), (1, 31), (10, 31), (7, 31))
_NOTES = {
    "Bluebird Bakery Ltd": "Anna is in the shop until two; ring after that.",
    "Hobbs Roofing Ltd": "CIS contractor. Gary answers texts, never e-mail.",
    "Amberley Care Ltd": "Two homes, two cost centres; the charity return is not ours.",
    "Redstart Software Ltd": "R&D claim each year: keep the project sheets.",
    "Neil Hargreave": "Sold a flat; asks what two years of returns would cost.",
    "Tessa Bramwell": "Sent by Anna of Bluebird Bakery. Writes novels; royalties from abroad.",
    "Yvonne Carrick": "Signed the letter of engagement. Proof of address still to come.",
    "Simon Achebe": "Moved to Accra; his new accountants have had the papers.",
    "Bell & Anchor Inns Ltd": "Tronc scheme: tips are not run through the payroll.",
}
_STATUS: dict[str, ClientStatus] = {
    "Neil Hargreave": "prospect", "Tessa Bramwell": "prospect", "Yvonne Carrick": "onboarding",
    "Simon Achebe": "former",
}  # fmt: skip
_TAX_YEAR = (4, 5)
HARDINGS = (
    ClientPlan("Robert Harding", "individual", (TAX,), "Robert Harding", "Taxpayer", _TAX_YEAR,
               ("family",), "Speaks for the whole family."),
    ClientPlan("Caroline Harding", "individual", (TAX,), "Caroline Harding", "Taxpayer",
               _TAX_YEAR, ("family",)),
    ClientPlan("Harding Estates Ltd", "organisation", (BOOKS, VAT, ACCOUNTS), "Robert Harding",
               "Director", (3, 31), ("family", "monthly"), "Lets nine flats; two are Caroline's."),
    ClientPlan("Harding Family Trust", "organisation", (ACCOUNTS,), "Caroline Harding", "Trustee",
               _TAX_YEAR, ("family", "trust"), "Known to its own team alone.", restricted=True),
)  # fmt: skip


def _companies() -> tuple[ClientPlan, ...]:
    return tuple(
        ClientPlan(
            name, "organisation", services, person, "Director",
            _YEAR_ENDS[number % len(_YEAR_ENDS)],
            ("monthly",) if {BOOKS, PAYROLL, MONTHLY} & set(services) else (),
            _NOTES.get(name, ""),
        )
        for number, (name, person) in enumerate(each.split("|") for each in _listed(_COMPANIES))
        for services in (_PACKAGES[number % len(_PACKAGES)],)
    )  # fmt: skip


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


CLIENTS = (
    *HARDINGS,
    ClientPlan("St Brannock's Hospice Charity", "organisation", (BOOKS, PAYROLL),
               "Sister Mary Quill", "Treasurer", (3, 31), ("charity", "monthly"),
               "Gift Aid claims go in quarterly."),
    *_companies(),
    *(ClientPlan(name, "individual", (TAX,), name, "Taxpayer", _TAX_YEAR, ("self-assessment",),
                 _NOTES.get(name, ""), status=_STATUS.get(name, "active"))
      for name in _listed(_PEOPLE)),
)  # fmt: skip
ASHWORTH = FirmPlan(
    "Ashworth & Okafor", "GB", "GBP", "en-GB", "Europe/London", "ashworth.example",
    phone="+44 20 7946 0",
    people=PEOPLE,
    leads={"Accounts": "Helen Pryce", "Tax": "Tom Whitcombe", "Bookkeeping": "Helen Pryce"},
    reviewers={"Accounts": "Margaret Ashworth", "Tax": "Daniel Okafor",
               "Bookkeeping": "Daniel Okafor"},
    services=SERVICES,
    clients=CLIENTS,
    related=(("Robert Harding", "spouse", "Caroline Harding"),
             ("Robert Harding", "owns", "Harding Estates Ltd"),
             ("Robert Harding", "trustee", "Harding Family Trust"),
             ("Caroline Harding", "trustee", "Harding Family Trust")),
    held=HELD,
    loose=LOOSE,
    advice=("Call about cash flow", "Dividend or salary: what is left", "Letter to the bank",
            "HMRC enquiry: answered", "New director: what changes", "Budget for the next year",
            "Pension contributions", "Which car: company or own"),
    inside=(("Admin", "E-mail and post"), ("Admin", "Filing and engagement letters"),
            ("Meetings", "Team meeting"), ("Meetings", "Appraisal"), ("Training", "CPD course"),
            ("Business development", "Lunch with somebody who may become a client")),
    passing=("As last month, nothing odd.", "Two receipts missing, left as a question.",
             "Client called: all well, new van in the summer.", "Checked against the bank.",
             "Quicker than last time: the feed works now.", "Control account agreed again."),
    money=MONEY,
    templates=(BOOKS, ACCOUNTS),
    returning=("Redstart Software Ltd", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    portal=PortalPlan(
        "Oakham Books Ltd",
        before=("Has anybody begun or left this month?", "Only Ivo, who does Saturdays now."),
        now=("Which week is missing, and what was paid in then?",
             "The second one. Two publishers paid, and the festival's float came back."),
        talk=("The second account's statement breaks off on the 14th. Could you send the rest?",
              "Sorry, that was the printer. You have it by Friday.",
              "Friday is fine: everything else is ready."),
        papers=((330, "Letter of engagement.pdf", "Letter of engagement"),
                (240, "Bookkeeping review.pdf", "Bookkeeping review"),
                (150, "Accounts of last year.pdf", "Accounts of Oakham Books Ltd"),
                (60, "Payroll summary.pdf", "Payroll summary"),
                (12, "Cash forecast.pdf", "Cash forecast"))),
)  # fmt: skip
