"""Where work stands at Ashworth & Okafor today: each late job late for a reason of its own."""

from models.workflows import WorkCategory
from resolvers.demo.plans import Held, LooseTask

_BOOKS, _VAT = "Monthly bookkeeping", "VAT return"
_ACCOUNTS, _TAX, _MONTHLY = "Year-end accounts", "Personal tax return", "Management accounts"

_OVERDUE = (
    Held("Bluebird Bakery Ltd", _BOOKS, "overdue", 3, 1, said=(
        (4, "preparer", "The bank feed broke off on the 9th; half the month has to be typed in."),
        (2, "lead", "Ask Anna for the statements as CSV, that is faster."))),
    Held("Quayside Dental Ltd", _VAT, "overdue", 2, 1, said=(
        (7, "preparer", "The last month is not closed yet, so nothing can be checked off."),
        (3, "lead", "Helped with the closing. You can go on."))),
    Held("Anita Desai-Holt", _TAX, "overdue", 5, 2, owner="Peter Nolan", said=(
        (13, "Peter Nolan", "Income is in. Left on my list: nobody has taken it over yet."),
        (2, "lead", "Still Peter's. Who has room?"))),
    Held("Larkfield Nurseries Ltd", _ACCOUNTS, "overdue", 6, 2, owner="Sofia Marek", said=(
        (8, "Sofia Marek", "Draft half done. I am away from Thursday; stock is the open point."),
        (4, "lead", "Waits for Sofia unless Jean presses."))),
    Held("Hobbs Roofing Ltd", _VAT, "overdue", 9, 1, what="HMRC's answer about the reverse charge",
         said=((15, "preparer", "Half of the invoices are under the reverse charge, half not."),
               (12, "lead", "Wrote to HMRC. We do not file a guess."))),
    Held("Calder Cycles Ltd", _MONTHLY, "overdue", 4, 1, said=(
        (6, "preparer", "Two new shops since last month: twice the budget, and not through."),
        (5, "lead", "The fee needs another look. Finish it first."))),
    Held("Fernhill Vets Ltd", _ACCOUNTS, "overdue", 12, 3, said=(
        (16, "preparer", "Two partners do not agree on the drawings; nobody will sign."),
        (10, "lead", "Kate and her brother meet us on Tuesday."))),
    Held("Seabrook Lettings Ltd", _BOOKS, "overdue", 7, 1, said=(
        (11, "preparer", "New letting software: its export has no dates. Redone by hand."),
        (6, "preparer", "Asked their support for a proper export."))),
)  # fmt: skip
_WAITING = (
    Held("Copperline Electrical Ltd", _BOOKS, "waiting", 2, what="card receipts of the Leeds job"),
    Held("St Brannock's Hospice Charity", _BOOKS, "waiting", 3, 2, what="the Gift Aid schedule"),
    Held("Oakham Books Ltd", _BOOKS, "waiting", 5, what="bank statements: the feed lacks a week"),
    Held("Callum Reid", _TAX, "waiting", 7, 1, what="the signed questionnaire"),
    Held("Pell & Daughters Ltd", _VAT, "waiting", 9, 2, what="approval of the VAT return"),
    Held("Redstart Software Ltd", _MONTHLY, "waiting", 12, what="the project sheets for R&D",
         reminded=True),
    Held("Nora Svensson", _TAX, "waiting", 15, 1, what="her Swedish pension statement",
         reminded=True),
    Held("Thistle & Thorn Ltd", _ACCOUNTS, "waiting", 19, 1, what="the stock count at year end",
         reminded=True, said=((6, "preparer", "Una promises it each Friday."),)),
    Held("Samuel Adeyemi", _TAX, "waiting", 24, 1, what="dividend vouchers", reminded=True),
    Held("Greyfriars Architects Ltd", _ACCOUNTS, "waiting", 29, 4, what="signed accounts",
         reminded=True, said=((10, "lead", "Iris is in Oslo until the end of the month."),)),
    Held("Beatrice Langley", _TAX, "waiting", 34, 1, what="rental income and repairs",
         reminded=True, owner="Peter Nolan"),
    Held("Harding Estates Ltd", _ACCOUNTS, "waiting", 40, 1, what="the loan agreement for flat 9",
         reminded=True, said=((38, "preparer", "The bank sent the old one."),
                              (12, "lead", "Robert has asked for a copy. Third letter."))),
)  # fmt: skip
_REVIEW = (
    Held("Millrace Coffee Ltd", _VAT, "review", 1, 1),
    Held(
        "Kestrel Security Ltd",
        _ACCOUNTS,
        "review",
        2,
        2,
        said=((2, "preparer", "Directors' loan is the one to look at: section 455."),),
    ),
    Held("Amberley Care Ltd", _MONTHLY, "review", 3, 2),
    Held("Joanna Whitlock", _TAX, "review", 4, 2),
    Held("Wren Print Works Ltd", _ACCOUNTS, "review", 6, 2),
)
_TO_COME = (
    Held("Westering Films Ltd", _VAT, "ready", 4),
    Held("Fairlead Logistics Ltd", _MONTHLY, "ready", 6),
    Held("Juniper Interiors Ltd", _MONTHLY, "ready", 9),
    Held("Harrow Mill Textiles Ltd", _VAT, "ready", 11),
    Held("Holloway Motors Ltd", _VAT, "planned", 8),
    Held("Moorland Adventures Ltd", _MONTHLY, "planned", 10),
    Held("Stonebridge Dairy Ltd", _ACCOUNTS, "planned", 12, owner="Sofia Marek"),
    Held("Tidewater Marine Ltd", _BOOKS, "ready", 3),
    Held("Pinder Haulage Ltd", _BOOKS, "ready", 5),
    Held("Hugh Pemberton", _TAX, "ready", 7),
    Held("Clara Fenwick", _TAX, "planned", 12),
)
HELD = _OVERDUE + _WAITING + _REVIEW + _TO_COME
LOOSE = (
    LooseTask("Renew the practising certificates", "Margaret Ashworth", 20),
    LooseTask("Write to Peter's clients: who looks after them now", "Tom Whitcombe", 3,
              "Twelve people, one letter each. Daniel signs.", status=WorkCategory.IN_PROGRESS),
    LooseTask("Letter of engagement for the Harding family, new rates", "Helen Pryce", 6,
              client="Robert Harding", status=WorkCategory.WAITING_ON_CLIENT),
    LooseTask("Identity check: proof of address", "Tom Whitcombe", 4, client="Yvonne Carrick",
              status=WorkCategory.WAITING_ON_CLIENT),
    LooseTask("New price list", "Helen Pryce", 9, "Margaret reads it before it goes out.",
              status=WorkCategory.IN_REVIEW),
    LooseTask("Plan the team day", "Lucy Farrow", 30),
    LooseTask("Hand over the open tax enquiries", "Peter Nolan", 1,
              "The folder is on the tax drive; two answers are drafted."),
)  # fmt: skip
