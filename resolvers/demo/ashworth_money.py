"""What Ashworth & Okafor charges, whom it bills, and which of its invoices people talk about."""

from resolvers.demo.plans import MoneyPlan

MONEY = MoneyPlan(
    tax_rate=20,
    tax_id=("VAT", "GB 000 0000 00"),
    hourly={"owner": 240, "partner": 210, "manager": 140, "staff": 85, "contractor": 70},
    own_rates={"Priya Raman": 110, "Peter Nolan": 105, "Quayside Dental Ltd": 92},
    billed=(
        "Harding Estates Ltd", "St Brannock's Hospice Charity", "Bluebird Bakery Ltd",
        "Northgate Joinery Ltd", "Calder Cycles Ltd", "Quayside Dental Ltd",
        "Larkfield Nurseries Ltd", "Tidewater Marine Ltd", "Copperline Electrical Ltd",
        "Oakham Books Ltd", "Millrace Coffee Ltd", "Thistle & Thorn Ltd",
    ),
    unpaid="Larkfield Nurseries Ltd",
    written_down=("Northgate Joinery Ltd", "Our own mistake: the VAT account was agreed twice"),
    fixed_fee=("Calder Cycles Ltd", 420, "Agreed fixed fee of £420 a month"),
    credited=("Tidewater Marine Ltd", "The mooring fees were posted twice, and billed as work"),
)  # fmt: skip
