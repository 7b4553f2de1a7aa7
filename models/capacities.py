"""The hours that members work: by the capacity that then holds, days off taken away.

The queries are put together once; what differs from call to call, `{members}`, `{first}` and
`{last}`, is filled in at the end.
"""

_HELD = """select m.id as member_id, c.weekday_seconds,
    greatest(c.from_date, m.start_date, {first}::date) as first_day,
    least(lead(c.from_date) over (partition by m.id order by c.from_date) - 1, m.leave_date,
      {last}::date) as last_day
  from member m join capacity c on c.member_id = m.id where {members}"""
"""Each capacity, and the first and the last of the days on which it holds."""

_DAYS = """select d::date as day
  from generate_series({first}::date, {last}::date, interval '1 day') d"""
"""Each of the days."""

_OFF = """select o.member_id, d::date as day, bool_and(o.half_days) as is_half
  from time_off o cross join lateral generate_series(
    greatest(o.first_date, {first}::date), least(o.last_date, {last}::date), interval '1 day') d
  where o.last_date >= {first}::date and o.first_date <= {last}::date group by 1, 2"""
"""Each day off of each member's once, in half where only halves of it are off."""

_DAILY = f"""select h.member_id, d.day, h.weekday_seconds[extract(isodow from d.day)::int]
    / case when o.is_half then 2 else 1 end as seconds
  from ({_HELD}) h
    join ({_DAYS}) d on d.day between h.first_day and h.last_day
    left join ({_OFF}) o on o.member_id = h.member_id and o.day = d.day
  where o.is_half is not false"""

_TOGETHER = f"""with held as materialized ({_HELD}),
  worked as (
    select d.day, h.people * h.weekday_seconds[extract(isodow from d.day)::int] as seconds
    from (select weekday_seconds, first_day, last_day, count(*) as people from held
          group by 1, 2, 3) h
      join ({_DAYS}) d on d.day between h.first_day and h.last_day
    union all
    select o.day, case when o.is_half then o.seconds / 2 else 0 end - o.seconds
    from (select o.day, o.is_half, h.weekday_seconds[extract(isodow from o.day)::int] as seconds
          from ({_OFF}) o join held h on h.member_id = o.member_id
            and o.day between h.first_day and h.last_day) o)
  select day, total(seconds) as seconds from worked group by day"""


def daily_sql(members: str, first: str, last: str) -> str:
    """A query: `seconds` per `member_id` and `day` of their employment, of those members `m`."""
    return _DAILY.format(members=members, first=first, last=last)


def together_sql(members: str, first: str, last: str) -> str:
    """A query: the `seconds` per `day` of those members `m` together.

    Most work the same hours: those are multiplied, and days off taken away, so that it takes little
    longer for two hundred members than for ten.
    """
    return _TOGETHER.format(members=members, first=first, last=last)
