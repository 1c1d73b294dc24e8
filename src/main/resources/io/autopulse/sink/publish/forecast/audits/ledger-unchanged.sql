-- Every vintage in the ledger has the rows that were published.
select
    'as of ' || vintages.as_of || ', vintage ' || vintages.vintage as place,
    vintages.forecast_rows || ' rows, fingerprint ' || vintages.fingerprint as expected,
    coalesce(ledger.forecast_rows || ' rows, fingerprint ' || ledger.fingerprint, 'none') as found
from {core}.forecast_vintages as vintages
left join {core}.forecast_fingerprints as ledger
    on
        vintages.grain = ledger.grain
        and vintages.as_of = ledger.as_of
        and vintages.vintage = ledger.vintage
where
    ledger.vintage is null
    or vintages.forecast_rows <> ledger.forecast_rows
    or vintages.fingerprint <> ledger.fingerprint
