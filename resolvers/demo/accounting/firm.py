"""Wrenfield Marsh, accountants in London: the firm and its twelve people."""

from models.permissions import Role
from resolvers.demo.facts import Absence, FirmFacts, Person
from resolvers.demo.public_holidays import england_and_wales
from resolvers.demo.time_sheets import Habits

FIRM = FirmFacts(
    name="Wrenfield Marsh",
    country="GB",
    currency="GBP",
    locale="en-GB",
    time_zone="Europe/London",
    domain="wrenfieldmarsh.example",
    financial_year_start="05-01",
    public_holidays=england_and_wales,
    smallest_seconds=300,
)

ACCOUNTS = "Accounts and VAT"
BOOKS = "Bookkeeping and payroll"
PRIVATE = "Private clients"

PEOPLE = (
    Person("eleanor", "Eleanor Marsh", Role.OWNER, "Managing partner", ACCOUNTS, 650,
           joined=(2009, 5, 1), absences=(Absence(-93, -83), Absence(-31, -29))),
    Person("david", "David Okonjo", Role.PARTNER, "Tax partner", PRIVATE, 665, "eleanor",
           joined=(2012, 2, 13), absences=(Absence(-72, -59), Absence(24, 28))),
    Person("priya", "Priya Raman", Role.MANAGER, "Client manager", ACCOUNTS, 695, "eleanor",
           joined=(2016, 9, 5), absences=(Absence(-114, -104), Absence(-47, -46, "training"))),
    Person("tom", "Tom Ashworth", Role.MANAGER, "Bookkeeping and payroll manager", BOOKS, 675,
           "eleanor", joined=(2015, 1, 12), absences=(Absence(-66, -59), Absence(-18, -17))),
    Person("sophie", "Sophie Lindqvist", Role.MANAGER, "Private client manager", PRIVATE, 700,
           "david", joined=(2017, 4, 3), absences=(Absence(-128, -118), Absence(-40, -39))),
    Person("grace", "Grace Adeyemi", Role.STAFF, "Senior accountant", ACCOUNTS, 745, "priya",
           joined=(2018, 9, 3), absences=(Absence(-86, -73), Absence(-25, -24, "sickness"))),
    Person("ben", "Ben Hargreaves", Role.STAFF, "Accountant", ACCOUNTS, 725, "priya",
           joined=(2021, 9, 6), absences=(Absence(-58, -52), Absence(-135, -134, "training"))),
    Person("megan", "Megan Price", Role.STAFF, "Senior bookkeeper", BOOKS, 735, "tom",
           joined=(2014, 6, 2), week=(450, 450, 0, 450, 0, 0, 0),
           absences=(Absence(-100, -87), Absence(-36, -36, "sickness"))),
    Person("aisha", "Aisha Khan", Role.STAFF, "Payroll specialist", BOOKS, 715, "tom",
           joined=(2019, 11, 4), absences=(Absence(-79, -74), Absence(16, 22))),
    Person("oliver", "Oliver Trent", Role.STAFF, "Tax adviser", PRIVATE, 705, "sophie",
           joined=(2020, 3, 2), absences=(Absence(-122, -118, "sickness"), Absence(-4, 9))),
    Person("luke", "Luke Fairclough", Role.STAFF, "Accountant", ACCOUNTS, 690, "priya",
           joined=(2022, 10, 3), absences=(Absence(-108, -97), ), left=-9),
    Person("hannah", "Hannah Whitcombe", Role.CONTRACTOR, "Bookkeeper (contract)", BOOKS, 755,
           "tom", joined=(2023, 2, 6), week=(360, 360, 360, 360, 0, 0, 0),
           absences=(Absence(-51, -44, "other"), )),
)  # fmt: skip

HABITS = Habits(
    ad_hoc=(
        "Call about a supplier who charged VAT twice", "Answered questions on the new starter",
        "E-mails about the director's loan", "Phone call: what can go through the company",
        "Went through the month's figures with the client",
        "Query from the bank, sent what they ask",
        "Letter for a mortgage lender", "Helped with the cloud login, again",
        "Call about dividend timing", "Looked into a late payment penalty, appeal drafted",
        "Reply to a survey by the statistics office", "Mileage rates explained",
        "Set up a new cost centre", "Questions about hiring abroad",
        "Copy documents for the landlord",
        "Call with their solicitor about completion accounts", "Ad hoc: cash position for Friday",
        "Checked a contract for employment status",
    ),
    ad_hoc_activity=None,
    internal=(
        ("Administration", ("E-mails", "Filing and e-mails", "Diary, inbox",
            "Time sheet and e-mails",
                            "Inbox after the weekend", "")),
        ("Administration", ("Planning next week's work", "Cleared my task list", "Scanning",
            "Post")),
        ("Training", ("Webinar on digital record keeping", "Reading: this month's tax update",
                      "Course work, module 3", "Showed a colleague the new consolidation")),
        ("Business development", ("Proposal for a prospect", "Coffee with a referrer", "Newsletter",
                                  "Breakfast meeting of the chamber")),
        ("Internal meeting", ("One-to-one", "Team catch-up", "Review of work in progress")),
    ),
    monday=("Internal meeting", "Monday meeting"),
)  # fmt: skip
