"""Members, teams, capacity and time off."""

from typing import Annotated

import strawberry

from models.firms import Office as OfficeRow
from models.members import Capacity as CapacityRow
from models.members import Member as MemberRow
from models.members import TimeOff as TimeOffRow
from models.permissions import Permission, Role
from models.teams import Team as TeamRow
from resolvers import members
from resolvers.reading import one
from resolvers.reports.figures import of_members
from schema import ids
from schema.enums import TimeOffKind
from schema.fields import argument, batch, children, computed, field, node_id, query, relation
from schema.figures import MemberFigures, figures
from schema.filters import IdFilter
from schema.firms import Office
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date

READ = Permission.READ_FIRM


@node_type(CapacityRow, "What a member works on each weekday from a date on.")
class Capacity(Node):
    id: strawberry.ID = node_id(CapacityRow)
    from_date: Date = field("The first day it holds.")
    weekday_seconds: list[int] = field("Seconds of seven days, Monday first.")


@node_type(TimeOffRow, "Days a member does not work.")
class TimeOff(Node):
    id: strawberry.ID = node_id(TimeOffRow)
    kind: TimeOffKind = field("Why.")
    first_date: Date = field("The first day off.")
    last_date: Date = field("The last day off.")
    half_days: bool = field("Whether only half of each day is off.")


@node_type(MemberRow, "A staff login of the firm.")
class Member(Node):
    id: strawberry.ID = node_id(MemberRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("Full name.")
    email: str = field("E-mail address: what they sign in with.")
    role: Role = field("What they may do.")
    grade: str | None = field("Their grade, in the firm's own words.")
    colour: str = field("The colour that marks what they do, as #rrggbb.")
    initials: str = computed("One or two letters for small places.",
                             lambda row: members.initials(row["name"]))  # fmt: skip
    start_date: Date | None = field("Their first day.")
    leave_date: Date | None = field("Their last day, once it is known.")
    active: bool = batch(members.active, allow=READ, description="Whether they work here today.")
    office: Office = relation(OfficeRow, by="office_id", allow=READ, description="Their office.")
    reports_to: Annotated["Member", strawberry.lazy("schema.members")] | None = relation(
        MemberRow, by="reports_to_id", allow=READ, description="Whom they report to."
    )
    teams: list[Annotated["Team", strawberry.lazy("schema.members")]] = batch(
        members.teams, allow=READ, description="The teams they are on.", cost=5
    )
    capacities: list[Capacity] = children(
        CapacityRow, by="member_id", order="from_date", allow=READ,
        description="Their working hours, oldest first.",
    )  # fmt: skip
    time_off: list[TimeOff] = children(
        TimeOffRow, by="member_id", order="first_date", allow=READ,
        where="last_date >= current_date - 366", description="Their days off, of the last year on.",
    )  # fmt: skip
    timer: Annotated["Timer", strawberry.lazy("schema.time_entries")] | None = batch(
        members.running_timers, allow=Permission.READ_TIME,
        description="Their running timer, if the viewer may see what it is for.",
    )  # fmt: skip
    figures: MemberFigures = figures(of_members)


@node_type(TeamRow, "People who share work and a board.")
class Team(Node):
    id: strawberry.ID = node_id(TeamRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("The team's name.")
    colour: str = field("Its colour, as #rrggbb.")
    members: list[Member] = batch(
        members.of_teams, allow=READ, description="Who is on it, by name.", cost=10
    )


@input_type("Which members.")
class MemberFilter:
    active: bool | None = given_field("Whether they work here today.")
    team: IdFilter | None = reference(TeamRow, "On which team.")


@verb_input("Take a member on.")
class CreateMember:
    id: strawberry.ID | None = own_id(MemberRow)
    email: str = given_field("Their e-mail address.", optional=False)
    name: str = given_field("Their full name.", optional=False)
    role: Role = given_field("What they may do.", optional=False)
    grade: str | None = given_field("Their grade, in the firm's own words.")
    office_id: strawberry.ID | None = reference(
        OfficeRow, "Their office; the first one unless said."
    )
    reports_to_id: strawberry.ID | None = reference(MemberRow, "Whom they report to.")
    start_date: Date | None = given_field("Their first day.")
    password: str | None = given_field("A first password, 12 to 128 characters.")


@verb_input("Change a member: what is absent stays as it is.")
class UpdateMember:
    id: strawberry.ID = reference(MemberRow, "Whom.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    email: str = given_field("Their e-mail address.")
    name: str = given_field("Their full name.")
    role: Role = given_field("What they may do.")
    grade: str | None = given_field("Their grade, in the firm's own words.")
    office_id: strawberry.ID = reference(OfficeRow, "Their office.")
    reports_to_id: strawberry.ID | None = reference(MemberRow, "Whom they report to.")
    start_date: Date | None = given_field("Their first day.")


@verb_input("Give a member another password.")
class SetPassword:
    member_id: strawberry.ID = reference(MemberRow, "Whose.", optional=False)
    password: str = given_field("The new one, 12 to 128 characters.", optional=False)
    current_password: str | None = given_field("For one's own: the one that holds now.")


@verb_input("End a member's time at the firm.")
class EndMember:
    id: strawberry.ID = reference(MemberRow, "Whom.", optional=False)
    leave_date: Date = given_field("Their last day.", optional=False)


@verb_input("Say what a member works on each weekday from a date on.")
class SetCapacity:
    member_id: strawberry.ID = reference(MemberRow, "Whose.", optional=False)
    from_date: Date = given_field("The first day it holds.", optional=False)
    weekday_seconds: list[int] = given_field("Seconds of seven days, Monday first.", optional=False)


@verb_input("Put days off on record.")
class RecordTimeOff:
    member_id: strawberry.ID = reference(MemberRow, "Whose.", optional=False)
    kind: TimeOffKind = given_field("Why.", optional=False)
    first_date: Date = given_field("The first day off.", optional=False)
    last_date: Date = given_field("The last day off.", optional=False)
    half_days: bool = given_field("Whether only half of each day is off; no unless said.")


@verb_input("Form a team.")
class CreateTeam:
    id: strawberry.ID | None = own_id(TeamRow)
    name: str = given_field("The team's name.", optional=False)


@verb_input("Change a team: what is absent stays as it is.")
class UpdateTeam:
    id: strawberry.ID = reference(TeamRow, "Which team.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("The team's name.")


@verb_input("Put a member on a team.")
class AddTeamMember:
    team_id: strawberry.ID = reference(TeamRow, "Which team.", optional=False)
    member_id: strawberry.ID = reference(MemberRow, "Whom.", optional=False)


@verb_input("Take a member off a team.")
class RemoveTeamMember(AddTeamMember):
    pass


@strawberry.type
class MemberQuery:
    @query(allow=READ, cost=10)
    async def members(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[MemberFilter | None, argument("Which members; all unless said.")] = None,
    ) -> Connection[Member]:  # fmt: skip
        """The firm's members, by name."""
        asked = {} if filter is None else given(filter)
        return await members.page(window(first, after, last, before), **asked)

    @query(allow=READ)
    async def member(info, id: Annotated[strawberry.ID, argument("Whom.")]) -> Member | None:
        """One member; null when there is no such one."""
        return await one(MemberRow, ids.wanted(id, MemberRow))

    @query(allow=READ, cost=10)
    async def teams(info) -> list[Team]:
        """The firm's teams, by name."""
        return await members.all_teams()


_MEMBER = {"member": (Member, MemberRow)}
_TEAM = {"team": (Team, TeamRow)}
_MANAGE = Permission.MANAGE_MEMBERS


@strawberry.type
class MemberMutation:
    create_member = mutation(members.join, input=CreateMember, returns=_MEMBER, allow=_MANAGE,
                             description="Take a member on.")  # fmt: skip
    update_member = mutation(members.update, input=UpdateMember, returns=_MEMBER, allow=_MANAGE,
                             description="Change a member.")  # fmt: skip
    set_password = mutation(
        members.set_password,
        input=SetPassword,
        returns=_MEMBER,
        allow=READ,
        description="Change one's own password, or as who manages members somebody else's; ends"
        " the sessions that the old one opened, this one aside.",
    )
    end_member = mutation(
        members.leave,
        input=EndMember,
        returns=_MEMBER,
        allow=_MANAGE,
        description="End a member's time at the firm; their history stays.",
    )
    set_capacity = mutation(
        members.set_capacity,
        input=SetCapacity,
        returns=_MEMBER,
        allow=_MANAGE,
        description="Say what a member works on each weekday.",
    )
    record_time_off = mutation(
        members.note_time_off,
        input=RecordTimeOff,
        returns=_MEMBER,
        allow=_MANAGE,
        description="Put a member's days off on record.",
    )
    create_team = mutation(members.form_team, input=CreateTeam, returns=_TEAM, allow=_MANAGE,
                           description="Form a team.")  # fmt: skip
    update_team = mutation(members.update_team, input=UpdateTeam, returns=_TEAM, allow=_MANAGE,
                           description="Change a team.")  # fmt: skip
    add_team_member = mutation(
        members.add_to_team,
        input=AddTeamMember,
        returns=_TEAM,
        allow=_MANAGE,
        description="Put a member on a team; twice is once.",
    )
    remove_team_member = mutation(
        members.take_off_team,
        input=RemoveTeamMember,
        returns=_TEAM,
        allow=_MANAGE,
        description="Take a member off a team.",
    )
