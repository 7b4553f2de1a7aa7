-- Seconds added up: sum() of bigint counts in numeric, for it may not fit, and takes four times as
-- long. All the time that a firm will ever work fits.

create aggregate total(bigint) (
  sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe
);
