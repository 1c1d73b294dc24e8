-- Lets AUTOPULSE_REPORTER read what `autopulse dashboard` shows: the relations of AUTOPULSE_CORE that its pages are made of, and no others.
-- Run it after setup.sql and `autopulse migrate`, as an administrator or as AUTOPULSE_LOADER, who owns them, and again after a release
-- that adds some. It may be run at any time. REJECTED_RECORDS_ALL has the rejected records with what is sensitive masked; the page of data
-- health shows one of each code.

use role AUTOPULSE_LOADER;
use database AUTOPULSE;

grant usage on schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.SALES to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.SALES_KPI_CURRENT to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.SALES_TARGETS to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.DEALERS to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.MARKET_REGISTRATIONS_CURRENT to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.FUEL_PRICES_CURRENT to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.MARKET_ATTENTION_CURRENT to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.TREND_FEATURES to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.TREND_MOVERS to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.FORECASTS to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.FORECASTS_CURRENT to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.FORECAST_VINTAGES to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.FORECAST_ACCURACY_CURRENT to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.FORECAST_VALUE_ADDED to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.LOAD_RUNS to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.LOAD_RUN_FEEDS to role AUTOPULSE_REPORTER;
grant select on table AUTOPULSE.AUTOPULSE_CORE.LOAD_RUN_AUDITS to role AUTOPULSE_REPORTER;
grant select on view AUTOPULSE.AUTOPULSE_CORE.REJECTED_RECORDS_ALL to role AUTOPULSE_REPORTER;
