-- Values that nobody means, and that a sum or a page could not bear: a step of more than 10,000
-- hours, a job of more than 100,000, a date beyond three lifetimes.
alter table task add constraint task_estimate_seconds_check1 check (estimate_seconds <= 36000000);
alter table job add constraint job_budget_seconds_check1 check (budget_seconds <= 360000000);

create procedure of_our_time(target regclass, variadic columns text[]) language plpgsql as $$
declare named text; begin
  foreach named in array columns loop
    execute format('alter table %s add constraint %I check (%I between %L and %L)',
                   target, target || '_' || named || '_check9', named, '1900-01-01', '2199-12-31');
  end loop;
end $$;
revoke execute on procedure of_our_time(regclass, text[]) from public;

call of_our_time('member', 'start_date', 'leave_date');
call of_our_time('time_off', 'first_date', 'last_date');
call of_our_time('engagement', 'start_date', 'end_date');
call of_our_time('job', 'period_start', 'period_end', 'start_date', 'due_date');
call of_our_time('task', 'due_date');
call of_our_time('time_entry', 'local_date');
alter table time_off add constraint time_off_check1 check (last_date < first_date + 1000);

-- Nobody reports to themselves; longer circles are the model's to refuse.
alter table member add constraint member_reports_to_id_check check (reports_to_id <> id);
