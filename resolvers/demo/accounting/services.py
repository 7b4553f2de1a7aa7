"""What the accounting firm sells: its services, step by step."""

from resolvers.demo.accounting import workflows
from resolvers.demo.facts import Service, StepFacts

ONBOARDING = Service(
    "onboarding", "New client", "Standard", workflows.STANDARD,
    (
        StepFacts("Identity and anti-money-laundering checks", 60,
                  ("Passport and utility bill seen", "Risk assessment on file")),
        StepFacts("Engagement letter signed", 45, ("Letter drafted and sent for signature",), (1,)),
        StepFacts("Clearance from the previous accountant", 30, ("Clearance letter sent",), (2,)),
        StepFacts("Authorisation with HMRC", 30, ("Asked for agent authorisation",), (2,)),
    ),
    scaled=False,
)  # fmt: skip

BOOKKEEPING = Service(
    "books", "Monthly bookkeeping", "Bookkeeping", workflows.BOOKKEEPING,
    (
        StepFacts("Collect bank statements and receipts", 60, (
            "Statements in, two card receipts missing",
            "Downloaded statements, chased the till rolls",
            "Sorted the inbox: 84 documents", "Asked for the missing fuel receipts")),
        StepFacts("Post purchases and sales", 390, (
            "Posted purchases to the 14th", "Sales posted, three credit notes queried",
            "Purchases, about half way", "Posted the card account", "Supplier bills A to M",
            "Sales and till takings", "Coded the new van, put on the asset list", "")),
        StepFacts("Reconcile bank, cards and suppliers", 210, (
            "Bank agreed to the penny", "Card account reconciled",
            "Supplier statements: one invoice missing",
            "Found the 40p", "Bank reconciled, two old cheques queried"), (2,)),
        StepFacts("Control accounts and month-end journals", 90, (
            "VAT and payroll controls agreed", "Accruals for rent and electricity",
            "Journals posted, depreciation run"), (3,)),
        StepFacts("Send the month's report", 45, (
            "Report sent with two comments", "Sent figures, call booked for Thursday",
            "Report and debtor list sent"), (4,)),
    ),
    signed_off_after=4,
    waits=(
        "Card receipts for nine payments", "Bank statements from the 18th on",
        "Till reports of the last weekend", "What the transfer of 2,400 was for",
        "Two supplier invoices that were paid and never sent", "The fuel card statement",
        "Which of three invoices the client's customer paid",
    ),
    remarks=(
        "Much tidier than last month, the new scanner app helps.",
        "Client asks whether we could close two days earlier from now on.",
        "The petty cash is out again, small. I put it to suspense and told them.",
        "Supplier list has duplicates, I merged the obvious ones.",
        "They opened a second account without telling us. Feed is connected now.",
        "Receipts came in a shoebox. Literally.",
    ),
)  # fmt: skip

PAYROLL = Service(
    "payroll", "Payroll", "Payroll", workflows.PAYROLL,
    (
        StepFacts("Get hours, starters and leavers", 45, (
            "Hours in for all but the night shift", "One starter, P45 received",
            "Rang for the overtime",
            "Leaver on the 12th, holiday pay to work out")),
        StepFacts("Calculate pay, tax and pensions", 135, (
            "Ran the draft", "Statutory sick pay for two people",
            "Pension letters for a new starter",
            "Draft run, bonus taxed in month", "Student loan notice applied", ""), (1,)),
        StepFacts("Check against last month", 30, (
            "Differences explained", "Two up, one down: starters and leaver",
            "Agrees to the client's list"), (2,)),
        StepFacts("Send payslips and payment file", 30, (
            "Payslips out, file sent", "Payment file uploaded", "Payslips to the portal"), (3,)),
        StepFacts("File with HMRC", 15, ("FPS accepted", "FPS and EPS filed"), (4,)),
    ),
    waits=(
        "Overtime hours of the warehouse", "Starter forms for one new employee",
        "Whether the bonus is paid this month", "Leaving date of one employee",
        "Tips for the month", "Bank details of one starter",
    ),
    remarks=(
        "Minimum wage check: one apprentice turned 19, rate changed.",
        "Client wants the payment file a day earlier from next month.",
        "Paternity leave from the 9th, letter is on file.",
        "Pension provider changed its file layout, template adjusted.",
    ),
)  # fmt: skip

VAT = Service(
    "vat", "VAT return", "VAT return", workflows.VAT,
    (
        StepFacts("Check that the records are complete", 60, (
            "Sequence of sales invoices complete", "Three purchase invoices without VAT number",
            "Records complete")),
        StepFacts("Reconcile the VAT control account", 105, (
            "Control account agreed", "Difference of 12.60 from last quarter found",
            "Fuel scale charge added",
            "Checked partial exemption"), (1,)),
        StepFacts("Prepare the return", 90, (
            "Return prepared, box 6 explained", "Draft return and comparison",
            "Reverse charge checked"), (2,)),
        StepFacts("Client approves the figures", 30, (
            "Figures sent for approval", "Approved by e-mail",
            "Talked through the payment date"), (3,)),
        StepFacts("Submit to HMRC", 15, ("Submitted, receipt saved",
            "Submitted and payment reminder sent"), (4,)),
    ),
    signed_off_after=3,
    waits=(
        "Import VAT statements", "VAT invoices for the new kitchen",
        "Sales through the market place",
        "Confirmation of the goods taken for own use", "Mileage log for the quarter",
    ),
    remarks=(
        "Repayment this quarter because of the machine, HMRC may ask for the invoice.",
        "Flat rate would have cost them 900 more, noted for the annual talk.",
        "Client pays by direct debit, collection on the 10th.",
    ),
)  # fmt: skip

YEAR_END = Service(
    "accounts", "Year-end accounts", "Year-end accounts", workflows.YEAR_END,
    (
        StepFacts("Request and check the year's records", 90, (
            "Records list sent", "Records in, stock sheets to follow",
            "Checked against last year's file")),
        StepFacts("Trial balance and opening balances", 210, (
            "Opening balances agreed", "Trial balance in, two suspense items",
            "Mapped the new accounts"), (1,)),
        StepFacts("Bank, debtors and creditors", 390, (
            "Debtors: provision for one customer", "Creditors agreed to statements",
            "Bank letters to file",
            "Cut-off tested, one invoice moved"), (2,)),
        StepFacts("Fixed assets, leases and stock", 330, (
            "Asset register rolled forward", "Lease schedule for two vans",
            "Stock count sheets added up",
            "Depreciation agreed"), (2,)),
        StepFacts("Draft the accounts", 480, (
            "First draft", "Notes and accounting policies",
            "Related party note, asked about the loan",
            "Draft ready for tax"), (3, 4)),
        StepFacts("Corporation tax computation", 240, (
            "Computation drafted", "Capital allowances on the fit-out",
            "Losses brought forward agreed"), (5,)),
        StepFacts("Client signs the accounts", 60, (
            "Accounts sent for signature", "Went through the accounts on a call"), (6,)),
        StepFacts("File with Companies House and HMRC", 45, (
            "Filed with both, receipts saved", "Filed; tax payment date sent"), (7,)),
    ),
    signed_off_after=6,
    waits=(
        "Stock count at the year end", "Signed lease of the second unit",
        "List of directors' expenses",
        "Loan statement at the year end", "Insurance valuation of the plant",
        "Board minutes on the dividend",
    ),
    remarks=(
        "Profit is up a fifth, they will want to talk about pension contributions.",
        "Directors' loan is overdrawn at the year end: repaid in month two, so no charge.",
        "Last year's auditor's points are all cleared.",
        "Turnover is close to the audit threshold, partner knows.",
        "Client asks for a meeting rather than an e-mail. Booked.",
    ),
)  # fmt: skip

PERSONAL_TAX = Service(
    "personal", "Personal tax return", "Personal tax", workflows.PERSONAL_TAX,
    (
        StepFacts("Send the checklist and collect papers", 45, (
            "Checklist sent", "Papers in, dividend vouchers to follow")),
        StepFacts("Employment, pensions and benefits", 75, (
            "P60 and P11D entered", "Pension contributions, relief claimed",
            "Benefits agreed to P11D"), (1,)),
        StepFacts("Property and investment income", 150, (
            "Rental accounts for two flats", "Dividends entered, three missing",
            "Interest certificates",
            "Repairs or improvement? Split with reasons"), (1,)),
        StepFacts("Draft the return and the calculation", 120, (
            "Draft return, payment on account reduced", "Calculation agreed to HMRC's",
            "High income child benefit"), (2, 3)),
        StepFacts("Client approves the return", 30, ("Sent for approval",
            "Approved by phone, then in writing"), (4,)),
        StepFacts("File and tell the client what to pay", 30, ("Filed, payment letter sent",
            "Filed"), (5,)),
    ),
    signed_off_after=4,
    waits=(
        "Dividend vouchers and P60", "Letting agent's statement for March",
        "Completion statement of the flat",
        "Interest certificate of the second account", "Gift aid donations",
        "Details of the pension payment",
    ),
    remarks=(
        "Would save 640 by moving the savings to the spouse. Put in the letter.",
        "Payments on account can be reduced, the client agreed.",
        "Foreign dividends: treaty rate applied.",
    ),
)  # fmt: skip

ADVICE = Service(
    "advice", "Advice", "Standard", workflows.STANDARD,
    (
        StepFacts("Agree scope and fee", 120, ("Scope agreed", "Fee letter sent", "First meeting")),
        StepFacts("Gather figures and papers", 900, (
            "Went through the contracts", "Built the model's inputs",
            "Call with their finance person",
            "Historic figures restated", "Data room, second half"), (1,)),
        StepFacts("Analysis and first draft", 1800, (
            "First draft", "Scenarios two and three", "Redrafted the summary",
            "Worked on the tax section",
            "Sensitivities", "Read up on case law", "Draft to colleague for comments"), (2,)),
        StepFacts("Discuss the draft with the client", 600, (
            "Meeting with the directors", "Comments worked in", "Second round of questions",
            "Call with the bank and the client"), (3,)),
        StepFacts("Final report", 360, ("Final version", "Executive summary",
            "Sent and filed"), (4,)),
    ),
    signed_off_after=4,
    waits=("Cash-flow assumptions for next year", "The shareholders' agreement",
        "Answers to our eleven questions"),
    remarks=(
        "Scope is growing. Talk about the fee before the next draft.",
        "The other side's accountant is helpful, good to know.",
        "Client loved the one-page summary.",
    ),
    elastic=True,
    scaled=False,
)  # fmt: skip

FINANCE_DIRECTOR = Service(
    "director", "Outsourced finance director", "Standard", workflows.STANDARD,
    (
        StepFacts("Management accounts, first month", 600, (
            "Management accounts", "Margins by product", "Sat in on the sales meeting",
            "Cash forecast rolled on")),
        StepFacts("Management accounts, second month", 600, (
            "Management accounts", "Debtors review with credit control",
            "Capital spending request", "Pricing of the new line"), (1,)),
        StepFacts("Management accounts, third month", 600, (
            "Management accounts", "Quarter's forecast", "Bank covenant check",
            "Salary review figures"), (2,)),
        StepFacts("Board pack and meeting", 540, (
            "Board pack", "Board meeting", "Minutes and actions", "Slides for the board"), (3,)),
    ),
    remarks=("Board moved by a week.", "They want the forecast by site from next quarter."),
    elastic=True,
    scaled=False,
)  # fmt: skip

SERVICES = (
    ONBOARDING, BOOKKEEPING, PAYROLL, VAT, YEAR_END, PERSONAL_TAX, ADVICE, FINANCE_DIRECTOR,
)  # fmt: skip
