"""The demo firms look like a firm's week: people on steps, off sick, new clients, sign-offs."""

from tests.resolvers.demo.demo_firm import DemoFirm

# ---------------------------------------------------------------------------- who is on what today


async def test_a_job_and_the_step_that_somebody_is_on_stand_at_the_same_place(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        steps = await firm.fetch(
            "select j.category, array_agg(t.status) filter (where t.status not in"
            " ('planned', 'ready', 'done')) as begun from job j join task t on t.job_id = j.id"
            " where j.category not in ('planned', 'ready', 'done') group by j.id, j.category"
        )

        assert len(steps) > 3
        assert [row for row in steps if row["begun"] != [row["category"]]] == []


async def test_steps_are_in_progress_waiting_and_in_review(ashworth: DemoFirm) -> None:
    count = await ashworth.pairs(
        "select status, count(*) from task where job_id is not null group by 1"
    )

    assert count["in_progress"] >= 15
    assert (count["waiting_on_client"], count["in_review"]) == (12, 5)


async def test_some_tasks_of_no_job_are_under_way_too(ashworth: DemoFirm) -> None:
    assert await ashworth.pairs(
        "select status, count(*) from task where job_id is null group by 1"
    ) == {"ready": 3, "in_progress": 1, "waiting_on_client": 2, "in_review": 1}


async def test_a_step_was_begun_before_time_was_booked_on_it(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        begun = await firm.fetch(
            "select t.id, min(v.at) as at, min(e.local_date) as booked from task t"
            " join event v on v.entity_id = t.id and v.kind = 'task.moved'"
            " and v.payload -> 'status' ->> 1 = 'in_progress'"
            " left join time_entry e on e.task_id = t.id group by t.id"
        )

        assert len(begun) > 3
        assert not any(row["booked"] and row["booked"] < row["at"].date() for row in begun)


async def test_timers_run_on_steps_in_progress(ashworth: DemoFirm) -> None:
    assert await ashworth.pairs(
        "select t.status, count(*) from timer r join task t on t.id = r.task_id"
        " where r.stopped_at is null group by 1"
    ) == {"in_progress": 3}


async def test_the_accounts_team_s_board_is_full_and_one_column_over(ashworth: DemoFirm) -> None:
    """Open steps of the jobs due within the board's two weeks, against the owners' hours."""
    load = await ashworth.pairs(
        """select m.name, sum(t.estimate_seconds)::float / (
             select sum(c.weekday_seconds[extract(isodow from d)::int]) from capacity c,
               generate_series(current_date, current_date + 13, interval '1 day') d
             where c.member_id = m.id and not exists (select from time_off o
               where o.member_id = m.id and d between o.first_date and o.last_date))
           from job j join team on team.id = j.team_id and team.name = 'Accounts'
           join member m on m.id = j.owner_id
           join task t on t.job_id = j.id and t.status <> 'done'
           where j.category <> 'done' and j.due_date <= current_date + 14
           group by m.id, m.name"""
    )

    assert load.pop("Sofia Marek") > 1.1
    assert max(load.values()) <= 1
    assert sum(part >= 0.6 for part in load.values()) >= 2


# -------------------------------------------------------------------------------- people, clients


async def test_people_joined_over_the_years_and_before_the_story(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm, people in ((ashworth, 12), (tavares, 4)):
        joined = [row["start_date"] for row in await firm.fetch(
            "select start_date from member order by start_date"
        )]  # fmt: skip

        assert len(set(joined)) == people
        assert joined[-1].year - joined[0].year >= 5
        assert joined[-1] < await firm.value("select min(at)::date from event")


async def test_everybody_was_off_some_days_and_one_was_ill(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        assert not await firm.value(
            "select count(*) from member m where not exists (select from time_off o"
            " where o.member_id = m.id and o.last_date < current_date"
            " and o.first_date > current_date - 150)"
        )
        assert await firm.value("select count(*) from time_off where kind = 'sickness'") == 1


async def test_a_sick_note_is_not_written_in_advance(ashworth: DemoFirm) -> None:
    assert await ashworth.value(
        "select bool_and(created_at::date <= first_date and created_at::date > first_date - 4)"
        " from time_off where kind = 'sickness'"
    )


async def test_clients_come_and_go(ashworth: DemoFirm) -> None:
    assert await ashworth.pairs("select status, count(*) from client group by 1") == {
        "prospect": 2, "onboarding": 1, "active": 56, "former": 1,
    }  # fmt: skip
    assert not await ashworth.value(
        "select count(*) from client c join job j on j.client_id = c.id"
        " where c.status in ('prospect', 'onboarding') or c.status = 'former'"
        " and j.category <> 'done'"
    )
    assert await ashworth.value(
        "select count(*) from client c join job j on j.client_id = c.id where c.status = 'former'"
    )


# ---------------------------------------------------------------------------------- time, sign-off


async def test_each_done_step_took_about_what_it_was_to_take(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        odd = await firm.fetch(
            "select t.title, coalesce(sum(e.seconds), 0)::float / t.estimate_seconds as part"
            " from task t left join time_entry e on e.task_id = t.id"
            " where t.status = 'done' and t.job_id is not null group by t.id, t.title, t.estimate_seconds"
            " having coalesce(sum(e.seconds), 0) not between"
            " 0.5 * t.estimate_seconds and 1.6 * t.estimate_seconds"
        )

        assert odd == []


async def test_the_firms_own_time_says_what_for(ashworth: DemoFirm) -> None:
    assert set(await ashworth.pairs(
        "select activity, 1 from time_entry where client_id is null"
    )) == {"Admin", "Meetings", "Training", "Business development"}  # fmt: skip


async def test_accounts_are_filed_once_the_reviewer_has_signed_them_off(
    ashworth: DemoFirm,
) -> None:
    stages = await ashworth.fetch(
        "select s.name, s.category, v.name as service from stage s"
        " join service v on v.workflow_id = s.workflow_id where s.requires_sign_off"
    )
    filed = await ashworth.fetch(
        "select (select max(decided_at) from review r where r.job_id = j.id"
        " and r.state = 'signed_off') < t.completed_at as signed_off,"
        " exists (select from event e where e.entity_id = j.id and e.kind = 'job.moved'"
        " and e.payload -> 'stage_id' ->> 1 = s.id::text) as passed"
        " from job j join service v on v.id = j.service_id and v.name = 'Year-end accounts'"
        " join stage s on s.workflow_id = v.workflow_id and s.requires_sign_off"
        " join task t on t.job_id = j.id and t.title = 'File at Companies House'"
        " where j.category = 'done'"
    )

    assert [tuple(row.values()) for row in stages] == [
        ("Filing", "in_progress", "Year-end accounts")
    ]
    assert len(filed) >= 3
    assert all(row["signed_off"] and row["passed"] for row in filed)
