-- What a region sees, for a connection of Metabase's of its own: autopulse metabase region NAME writes it for a region. The views have the names of
-- the marts in a database of their own, so the same questions run on them. What knows no region has no rows.
create role if not exists {role};
create database if not exists {role};
create schema if not exists {role}.AUTOPULSE_MARTS;

create or replace secure view {role}.AUTOPULSE_MARTS.fct_sales as
select * from {database}.AUTOPULSE_MARTS.fct_sales
where region = {region};

create or replace secure view {role}.AUTOPULSE_MARTS.fct_registrations as
select * from {database}.AUTOPULSE_MARTS.fct_registrations
where region = {region};

create or replace secure view {role}.AUTOPULSE_MARTS.mart_market_share as
select * from {database}.AUTOPULSE_MARTS.mart_market_share
where dimension = 'region' and member = {region};

create or replace secure view {role}.AUTOPULSE_MARTS.mart_forecast_vs_actual as
select * from {database}.AUTOPULSE_MARTS.mart_forecast_vs_actual
where dimension = 'region' and member = {region};

create or replace secure view {role}.AUTOPULSE_MARTS.mart_target_attainment as
select * from {database}.AUTOPULSE_MARTS.mart_target_attainment
where dealer_id in (
    select dealer_id from {database}.AUTOPULSE_MARTS.mart_sales_by_dealer
    group by dealer_id
    having min(region) = {region} and max(region) = {region}
);

create or replace secure view {role}.AUTOPULSE_MARTS.mart_data_quality as
select * from {database}.AUTOPULSE_MARTS.mart_data_quality
where 1 = 0;

grant usage on database {role} to role {role};
grant usage on schema {role}.AUTOPULSE_MARTS to role {role};
grant select on all views in schema {role}.AUTOPULSE_MARTS to role {role};
