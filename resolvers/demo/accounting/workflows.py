"""The stages that the accounting firm's work goes through, and what its clients read of them."""

from models.workflows import STANDARD_STAGES
from resolvers.demo.facts import StageFacts

STANDARD = tuple(StageFacts(**stage) for stage in STANDARD_STAGES)

BOOKKEEPING = (
    StageFacts("Planned", "planned", "Planned"),
    StageFacts("Ready to start", "ready", "Planned"),
    StageFacts("Posting and reconciling", "in_progress", "We are working on your books"),
    StageFacts("Waiting on client", "waiting_on_client", "We need something from you"),
    StageFacts("Waiting on others", "waiting_on_other", "We are working on your books"),
    StageFacts("Manager review", "in_review", "Final checks"),
    StageFacts("Reporting", "in_progress", "Your report is on its way", requires_sign_off=True),
    StageFacts("Closed", "done", "Month closed", requires_steps_done=True),
    StageFacts("Cancelled", "cancelled", "Cancelled"),
)

PAYROLL = (
    StageFacts("Planned", "planned", "Planned"),
    StageFacts("Open for changes", "ready", "Tell us this month's changes"),
    StageFacts("Processing", "in_progress", "We are running your payroll"),
    StageFacts("Waiting on client", "waiting_on_client", "We need something from you"),
    StageFacts("Second check", "in_review", "Final checks"),
    StageFacts("Paid and filed", "done", "Paid and filed", requires_steps_done=True),
    StageFacts("Cancelled", "cancelled", "Cancelled"),
)

VAT = (
    StageFacts("Planned", "planned", "Planned"),
    StageFacts("Ready to start", "ready", "Planned"),
    StageFacts("Preparing", "in_progress", "We are preparing your return"),
    StageFacts("Waiting on client", "waiting_on_client", "We need something from you"),
    StageFacts("Waiting on HMRC", "waiting_on_other", "We are waiting for HMRC"),
    StageFacts("In review", "in_review", "Final checks"),
    StageFacts("Submitting", "in_progress", "Ready to submit", requires_sign_off=True),
    StageFacts("Submitted", "done", "Submitted", requires_steps_done=True),
    StageFacts("Cancelled", "cancelled", "Cancelled"),
)

YEAR_END = (
    StageFacts("Planned", "planned", "Planned"),
    StageFacts("Records awaited", "ready", "Please send us your records"),
    StageFacts("Drafting", "in_progress", "We are drafting your accounts"),
    StageFacts("Waiting on client", "waiting_on_client", "We need something from you"),
    StageFacts("Waiting on others", "waiting_on_other", "We are waiting for a third party"),
    StageFacts("In review", "in_review", "Partner review"),
    StageFacts("Signing and filing", "in_progress", "Ready for your signature",
               requires_sign_off=True),
    StageFacts("Filed", "done", "Filed", requires_steps_done=True),
    StageFacts("Cancelled", "cancelled", "Cancelled"),
)  # fmt: skip

PERSONAL_TAX = (
    StageFacts("Planned", "planned", "Planned"),
    StageFacts("Checklist sent", "ready", "Please send us your papers"),
    StageFacts("Preparing", "in_progress", "We are preparing your return"),
    StageFacts("Waiting on client", "waiting_on_client", "We need something from you"),
    StageFacts("Waiting on others", "waiting_on_other", "We are waiting for a third party"),
    StageFacts("In review", "in_review", "Final checks"),
    StageFacts("Approval and filing", "in_progress", "Ready for your approval",
               requires_sign_off=True),
    StageFacts("Filed", "done", "Filed", requires_steps_done=True),
    StageFacts("Cancelled", "cancelled", "Cancelled"),
)  # fmt: skip
