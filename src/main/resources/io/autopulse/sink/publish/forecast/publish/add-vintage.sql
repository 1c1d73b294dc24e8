-- What the vintage's rows are, for the audits of later runs.
insert into {core}.forecast_vintages (
    grain, as_of, vintage, job, made_at, forecast_rows, fingerprint, run_id
)
select
    grain,
    as_of,
    vintage,
    {job} as job,
    {now} as made_at,
    forecast_rows,
    fingerprint,
    {run_id} as run_id
from {core}.forecast_fingerprints
where grain = {grain} and as_of = {as_of} and vintage = {vintage}
