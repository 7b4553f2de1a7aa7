"""The past months of the demo firms: told in order, with the time that they took."""

from tests.resolvers.demo.demo_firm import DemoFirm


async def test_there_are_months_of_history_told_in_order(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        # The logins come last, at the moment they are made.
        told = await firm.fetch(
            "select at, at < lag(at) over (order by seq) as back, at > clock_timestamp() as ahead"
            " from event order by seq"
        )
        assert not any(row["back"] or row["ahead"] for row in told)
        months = await firm.value(
            "select count(distinct date_trunc('month', completed_at)) from job"
            " where category = 'done'"
        )
        assert months >= 4


async def test_time_was_booked_on_working_days_while_its_job_was_open(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm in (ashworth, tavares):
        assert await firm.value("select count(*) from time_entry") > 1000
        assert not await firm.value(
            "select count(*) from time_entry e left join job j on j.id = e.job_id"
            " where extract(isodow from local_date) > 5 or local_date >= current_date"
            " or local_date < (j.created_at at time zone e.time_zone)::date"
            " or local_date > (j.completed_at at time zone e.time_zone)::date"
            " or exists (select from time_off o where o.member_id = e.member_id"
            " and e.local_date between o.first_date and o.last_date)"
        )
        assert not await firm.value(
            "select count(*) from (select sum(seconds) as worked, max(w) as capacity"
            " from time_entry e join capacity c on c.member_id = e.member_id,"
            " lateral (select c.weekday_seconds[extract(isodow from local_date)::int]) d (w)"
            " group by e.member_id, local_date) days where worked > capacity"
        )


UTILISATION = """
  select m.name, (select sum(seconds) from time_entry e where e.member_id = m.id
      and billing = 'billable' and local_date >= $1::date)::float / (
    select sum(c.weekday_seconds[extract(isodow from d)::int])
    from generate_series($1::date, current_date - 1, interval '1 day') d
    where not exists (select from time_off o where o.member_id = m.id
      and d between o.first_date and o.last_date)) as part
  from member m join capacity c on c.member_id = m.id
  where m.leave_date is null and 0 <> all (c.weekday_seconds[1:5])"""


async def test_whoever_works_full_time_is_busy_for_clients_as_in_a_real_firm(
    ashworth: DemoFirm, tavares: DemoFirm
) -> None:
    for firm, people in ((ashworth, 10), (tavares, 4)):
        since = await firm.value("select min(local_date) from time_entry")
        parts = {row["name"]: row["part"] for row in await firm.fetch(UTILISATION, since)}

        assert len(parts) == people
        assert {name: part for name, part in parts.items() if not 0.6 <= part <= 0.8} == {}


async def test_jobs_took_about_what_they_were_to_take(ashworth: DemoFirm) -> None:
    part = await ashworth.value(
        "select percentile_cont(0.5) within group (order by took) from ("
        " select sum(e.seconds)::float / j.budget_seconds as took from job j"
        " join time_entry e on e.job_id = j.id where j.category = 'done'"
        " group by j.id, j.budget_seconds) jobs"
    )

    assert 0.85 <= part <= 1.1
