"""Advice: what comes up once, takes weeks, and fills the partners' days."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """Advice to a client, in working days from today: (-60, -20) ended four weeks ago."""

    owner: str
    client: str
    title: str
    first: int
    last: int


PROJECTS = (
    Project("eleanor", "Greyfold Software Ltd", "Share option scheme", -108, -64),
    Project("eleanor", "Pinnock Precision Engineering Ltd", "Purchase of a toolmaker: due diligence",
            -70, -27),
    Project("eleanor", "Fennimore Haulage Ltd", "Group restructuring", -34, 17),
    Project("eleanor", "Yarrowby Veterinary Group Ltd", "Succession: second partner joins", -18, 26),
    Project("david", "The Trevanock Family Settlement", "Distribution planning", -106, -66),
    Project("david", "Saltpan Brewing Company Ltd", "Research and development claim", -82, -41),
    Project("david", "Sir Julian Harcastle", "Residence review", -58, 12),
    Project("david", "Mossgate Dental Care Ltd", "Second practice: which form?", -26, 21),
    Project("priya", "Dunmarsh Care Homes Ltd", "Covenant model for the bank", -96, -52),
    Project("priya", "Lanternhouse Community Theatre", "Audit of the capital grant", -46, -9),
    Project("priya", "Hollin & Pike Architects LLP", "Move to monthly figures", -24, 16),
    Project("tom", "Yarrowby Veterinary Group Ltd", "Move of the books to the cloud", -107, -48),
    Project("tom", "Cawdrey & Sons Builders Ltd", "Subcontractor tax: health check", -50, -7),
    Project("tom", "Saltpan Brewing Company Ltd", "Stock and duty records", -21, 19),
    Project("sophie", "Margaret Ollerenshaw", "Gifts and inheritance tax", -104, -60),
    Project("sophie", "Helen Varley", "Pension or property?", -62, -33),
    Project("sophie", "Marcus Dunmore", "US and UK filing position", -36, 9),
    Project("grace", "Kittiwake Travel Design Ltd", "Margin scheme worked out anew", -54, -18),
    Project("grace", "Ockenby Motors Ltd", "Finance for the second showroom", -15, 22),
    Project("ben", "Tamblefield Farm Shop Ltd", "Business plan for the café", -90, -45),
    Project("ben", "Marlowick Furniture Ltd", "Cost of a chair: job costing", -29, 11),
    Project("oliver", "Dr Rajan Mehta", "Annual allowance, four years back", -88, -39),
    Project("aisha", "Dunmarsh Care Homes Ltd", "Holiday pay of irregular workers", -44, -14),
    Project("luke", "Nightjar Film Productions Ltd", "Film tax relief claim", -92, -21),
)  # fmt: skip
