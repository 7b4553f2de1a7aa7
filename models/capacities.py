"""The hours that members work: by the capacity that then holds, days off taken away."""

_DAILY = """select m.id as member_id, d.day::date as day,
    c.weekday_seconds[extract(isodow from d.day)::int]
      / case when bool_or(o.id is not null) then 2 else 1 end as seconds
  from member m
  cross join generate_series({first}::date, {last}::date, interval '1 day') d (day)
  join lateral (select weekday_seconds from capacity where member_id = m.id
    and from_date <= d.day order by from_date desc limit 1) c on true
  left join time_off o on o.member_id = m.id and o.half_days
    and d.day between o.first_date and o.last_date
  where {members} and d.day between coalesce(m.start_date, d.day)
    and coalesce(m.leave_date, d.day)
    and not exists (select from time_off f where f.member_id = m.id
      and not f.half_days and d.day between f.first_date and f.last_date)
  group by m.id, d.day, c.weekday_seconds"""


def daily_sql(members: str, first: str, last: str) -> str:
    """A query: `seconds` per `member_id` and `day` of their employment, of those members `m`."""
    return _DAILY.format(members=members, first=first, last=last)
