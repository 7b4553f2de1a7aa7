-- Whose steps were set is another version of a template: who edits an older one is told.

alter table template add steps integer not null default 1 check (steps > 0);
comment on column template.steps is 'which writing of its steps, counted from 1';
