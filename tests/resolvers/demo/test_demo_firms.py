"""The two demo firms as they stand today: who is there, and what there is to do."""

from itertools import pairwise

from tests.resolvers.demo.demo_firm import DemoFirm

# ------------------------------------------------------------------------------------- who is there


async def test_twelve_people_in_three_teams(ashworth: DemoFirm) -> None:
    assert await ashworth.pairs(
        "select t.name, count(*) from team t join team_membership on team_id = t.id group by 1"
    ) == {"Accounts": 4, "Bookkeeping": 4, "Tax": 4}
    assert await ashworth.value("select count(*) from member") == 12
    assert set((await ashworth.pairs("select role, 1 from member")).keys()) == {
        "owner", "partner", "manager", "staff", "contractor",
    }  # fmt: skip


async def test_one_works_part_time_one_is_on_leave_and_one_has_left_work_behind(
    ashworth: DemoFirm,
) -> None:
    part_timers = await ashworth.fetch(
        "select name from member m join capacity c on c.member_id = m.id"
        " where 0 = any (c.weekday_seconds[1:5])"
    )
    on_leave = await ashworth.fetch(
        "select name from member m join time_off o on o.member_id = m.id"
        " where current_date between o.first_date and o.last_date"
    )
    leavers = await ashworth.fetch(
        "select m.name, count(distinct j.id) as jobs, count(*) as steps from member m"
        " join task t on t.assignee_id = m.id and t.status not in ('done', 'cancelled')"
        " left join job j on j.owner_id = m.id and j.id = t.job_id"
        " where m.leave_date < current_date group by 1"
    )

    assert [row["name"] for row in part_timers] == ["Ruth Calloway"]
    assert [row["name"] for row in on_leave] == ["Sofia Marek"]
    assert [(row["name"], row["jobs"]) for row in leavers] == [("Peter Nolan", 2)]
    assert leavers[0]["steps"] > 4


async def test_sixty_clients_a_family_among_them(ashworth: DemoFirm) -> None:
    assert await ashworth.pairs("select kind, count(*) from client group by 1") == {
        "individual": 27,
        "organisation": 33,
    }
    family = await ashworth.fetch(
        "select c.name as one, r.kind, o.name as other from client_relation r"
        " join client c on c.id = r.client_id join client o on o.id = r.other_id"
        " order by r.kind, c.name, o.name"
    )
    assert [tuple(row.values()) for row in family] == [
        ("Robert Harding", "owns", "Harding Estates Ltd"),
        ("Robert Harding", "spouse", "Caroline Harding"),
        ("Caroline Harding", "trustee", "Harding Family Trust"),
        ("Robert Harding", "trustee", "Harding Family Trust"),
    ]
    assert not await ashworth.value(
        "select count(*) from client c where not exists ("
        " select from client_contact k where k.client_id = c.id) or not exists ("
        " select from client_role r where r.client_id = c.id and r.role = 'preparer')"
    )


async def test_the_second_is_small_and_elsewhere(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    facts = "select country, currency, locale, time_zone from firm"
    [ours], [theirs] = await ashworth.fetch(facts), await tavares.fetch(facts)

    assert tuple(ours.values()) == ("GB", "GBP", "en-GB", "Europe/London")
    assert tuple(theirs.values()) == ("PT", "EUR", "pt-PT", "Europe/Lisbon")
    assert await tavares.value("select count(*) from member") == 4
    assert await tavares.value("select count(*) from client") == 10
    assert await tavares.value("select count(*) from client where currency = 'EUR'") == 10


# ---------------------------------------------------------------------------- what is there to do


async def test_each_service_has_jobs_with_realistic_steps(ashworth: DemoFirm) -> None:
    steps = await ashworth.pairs(
        "select s.name, count(distinct t.title) from service s join job j on j.service_id = s.id"
        " join task t on t.job_id = j.id group by 1"
    )

    assert steps == {
        "Monthly bookkeeping": 5, "Payroll": 4, "VAT return": 4, "Management accounts": 4,
        "Year-end accounts": 6, "Personal tax return": 5,
    }  # fmt: skip
    assert not await ashworth.value(
        "select count(*) from job where engagement_id is null or service_id is null"
        " or team_id is null or owner_id is null or period_end is null"
    )


async def test_eight_jobs_are_late_each_for_a_reason_of_its_own(ashworth: DemoFirm) -> None:
    late = await ashworth.fetch(
        "select j.title, (select string_agg(body, ' ' order by created_at) from comment c"
        " where c.job_id = j.id) as said from job j"
        " where due_date < current_date and category not in ('done', 'cancelled')"
    )

    assert len(late) == 8
    assert len({row["said"] for row in late if row["said"]}) == 8


async def test_twelve_wait_for_the_client_between_two_and_forty_days(ashworth: DemoFirm) -> None:
    waits = await ashworth.fetch(
        "select current_date - since::date as days, what, reminded_at > since as reminded"
        " from waiting w join job j on j.id = w.job_id and j.category = 'waiting_on_client'"
        " where ended_at is null and whom = 'client' order by days"
    )
    days = [row["days"] for row in waits]

    assert len(days) == len({row["what"] for row in waits}) == 12
    # A weekend or a holiday lies between what is meant and the day it happened.
    assert 2 <= days[0] <= 6
    assert 35 <= days[-1] <= 40
    assert max(later - earlier for earlier, later in pairwise(days)) <= 10
    assert all(row["reminded"] for row in waits if row["days"] > 14)


async def test_five_are_in_review_by_somebody_else(ashworth: DemoFirm) -> None:
    reviews = await ashworth.fetch(
        "select preparer_id, reviewer_id, preparer_id <> reviewer_id as apart from review r"
        " join job j on j.id = r.job_id and j.category = 'in_review' where state = 'requested'"
    )

    assert [row["apart"] for row in reviews] == [True] * 5
    assert await ashworth.value("select count(*) from job where category = 'in_review'") == 5


async def test_three_timers_run(ashworth: DemoFirm) -> None:
    running = await ashworth.fetch(
        "select t.title = r.note as told, j.category from timer r join task t on t.id = r.task_id"
        " join job j on j.id = r.job_id where r.stopped_at is null"
    )

    assert [tuple(row.values()) for row in running] == [(True, "in_progress")] * 3


async def test_stages_steps_and_dependencies_agree(ashworth: DemoFirm, tavares: DemoFirm) -> None:
    for firm in (ashworth, tavares):
        assert not await firm.value(
            "select count(*) from task t join job j on j.id = t.job_id"
            " where j.category = 'done' and t.status <> 'done'"
        )
        assert not await firm.value(
            "select count(*) from dependency d join task b on b.id = d.blocker_id"
            " join task t on t.id = d.blocked_id where b.status <> 'done'"
            " and t.status in ('ready', 'in_progress', 'done')"
        )
        assert not await firm.value(
            "select count(*) from dependency d join task b on b.id = d.blocker_id"
            " join task t on t.id = d.blocked_id where t.completed_at < b.completed_at"
        )
        assert not await firm.value(
            "select count(*) from job j where j.category in ('planned', 'ready')"
            " and exists (select from task t where t.job_id = j.id and t.status = 'done')"
        )
