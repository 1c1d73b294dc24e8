-- Makes the pipes by which live jobs append to the core tables. Run it once after setup.sql and `autopulse migrate`, as somebody who may
-- use the role AUTOPULSE_LOADER; jobs that end need no pipes. It may be run again at any time: a pipe that is made anew forgets which
-- files it has loaded, so this leaves those that are there.
--
-- The loader owns the pipes, so Snowpipe loads with its rights, and its user may name files to them. Snowpipe's calls have the rights of
-- the user's default role: setup.sql makes AUTOPULSE_LOADER that of AUTOPULSE_LOADER_USER.

use role AUTOPULSE_LOADER;
use database AUTOPULSE;

-- Files are named by the job (Snowpipe's REST calls), so nothing listens to the bucket: auto_ingest stays off. A line has the columns of
-- its table in their order. A file loads as a whole or not at all; autopulse reconcile shows those that did not.
create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.sales_kpi_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/sales_kpi_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.SALE_VERSIONS_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.sale_versions_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/sale_versions_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.REJECTED_RECORDS_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.rejected_records_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/rejected_records_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.MARKET_REGISTRATIONS_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.market_registrations_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/market_registrations_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.FUEL_PRICES_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.fuel_prices_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/fuel_prices_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.MARKET_ATTENTION_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.market_attention_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/market_attention_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.TREND_FEATURES_LIVE_PIPE
as
copy into AUTOPULSE.AUTOPULSE_CORE.trend_features_live
from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/trend_features_live/
file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');
