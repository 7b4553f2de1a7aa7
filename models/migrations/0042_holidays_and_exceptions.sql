-- Whose holidays a firm keeps: no business days, for what is made from then on. None were kept so far.
alter table firm add holiday_calendar text
  check (holiday_calendar in ('us_federal', 'england_and_wales', 'germany'));

-- Periods of a recurrence that are left out, by the days on which they would end.
alter table recurrence add except_dates date[] not null default '{}'
  check (cardinality(except_dates) <= 100);
