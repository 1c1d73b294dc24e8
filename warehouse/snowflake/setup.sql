-- Makes in a Snowflake account what Autopulse needs. An administrator (ACCOUNTADMIN) runs it, in Snowsight or by `snow sql -f`; it may be
-- run again at any time, and changes nothing that is there already. docs/snowflake.md says what to do before and
-- after: for live jobs pipes.sql is run after this and autopulse migrate.
--
-- First replace what is in <angle brackets>: the bucket, the AWS account and role, and the public keys. There is no secret in this file,
-- and none belongs here: private keys stay with those who log in.
--
-- Roles, warehouses, users and integrations belong to the whole account, so their names begin with AUTOPULSE.

use role ACCOUNTADMIN;

-- 1. Computing. A warehouse costs while it runs: it starts by itself, and stops after a minute without a statement. A run that a query
-- of somebody else's dashboard holds up is worse than a second warehouse, so loading has its own.

create resource monitor if not exists AUTOPULSE_MONITOR with
    credit_quota = 100
    frequency = monthly
    start_timestamp = immediately
    triggers
        on 80 percent do notify
        on 100 percent do suspend
        on 110 percent do suspend_immediate;

create warehouse if not exists AUTOPULSE_LOAD_WH
    warehouse_size = xsmall
    auto_suspend = 60
    auto_resume = true
    initially_suspended = true
    statement_timeout_in_seconds = 3600;

create warehouse if not exists AUTOPULSE_QUERY_WH
    warehouse_size = xsmall
    auto_suspend = 60
    auto_resume = true
    initially_suspended = true
    statement_timeout_in_seconds = 600;

alter warehouse AUTOPULSE_LOAD_WH set resource_monitor = AUTOPULSE_MONITOR;
alter warehouse AUTOPULSE_QUERY_WH set resource_monitor = AUTOPULSE_MONITOR;

-- 2. One database for one environment: its name is in the warehouse's URI. RAW holds the stage, AUTOPULSE_CORE the core tables (autopulse
-- migrate makes them) and the pipes that live jobs fill (pipes.sql makes them), MARTS what dbt makes of those.

create database if not exists AUTOPULSE;
create schema if not exists AUTOPULSE.RAW;
create schema if not exists AUTOPULSE.AUTOPULSE_CORE;
create schema if not exists AUTOPULSE.MARTS;

-- 3. Roles. LOADER runs Autopulse: it makes and owns the core tables. TRANSFORMER runs dbt: it reads them and makes the marts. REPORTER is
-- for dashboards: it reads the marts, and what dashboard.sql grants of the core tables for `autopulse dashboard`.

create role if not exists AUTOPULSE_LOADER;
create role if not exists AUTOPULSE_TRANSFORMER;
create role if not exists AUTOPULSE_REPORTER;

-- Whatever a role owns, an administrator can reach.
grant role AUTOPULSE_LOADER to role SYSADMIN;
grant role AUTOPULSE_TRANSFORMER to role SYSADMIN;
grant role AUTOPULSE_REPORTER to role SYSADMIN;

grant usage on warehouse AUTOPULSE_LOAD_WH to role AUTOPULSE_LOADER;
grant usage on warehouse AUTOPULSE_QUERY_WH to role AUTOPULSE_TRANSFORMER;
grant usage on warehouse AUTOPULSE_QUERY_WH to role AUTOPULSE_REPORTER;

grant usage on database AUTOPULSE to role AUTOPULSE_LOADER;
grant usage on database AUTOPULSE to role AUTOPULSE_TRANSFORMER;
grant usage on database AUTOPULSE to role AUTOPULSE_REPORTER;

grant usage, create table, create view, create pipe on schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_LOADER;
grant usage on schema AUTOPULSE.RAW to role AUTOPULSE_LOADER;

grant usage on schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_TRANSFORMER;
grant usage, create table, create view on schema AUTOPULSE.MARTS to role AUTOPULSE_TRANSFORMER;
grant select on future tables in schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_TRANSFORMER;
grant select on future views in schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_TRANSFORMER;
-- A future grant is for what is made later; these are for a schema that was filled before.
grant select on all tables in schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_TRANSFORMER;
grant select on all views in schema AUTOPULSE.AUTOPULSE_CORE to role AUTOPULSE_TRANSFORMER;

grant usage on schema AUTOPULSE.MARTS to role AUTOPULSE_REPORTER;
grant select on future tables in schema AUTOPULSE.MARTS to role AUTOPULSE_REPORTER;
grant select on future views in schema AUTOPULSE.MARTS to role AUTOPULSE_REPORTER;
grant select on all tables in schema AUTOPULSE.MARTS to role AUTOPULSE_REPORTER;
grant select on all views in schema AUTOPULSE.MARTS to role AUTOPULSE_REPORTER;

-- 4. Files. Beam writes them to S3 with rights of its own; Snowflake reads them by the integration, an AWS role that trusts it, so no
-- AWS key is kept in Snowflake. `desc integration AUTOPULSE_S3` tells what the AWS role must trust. It needs s3:GetObject,
-- s3:GetObjectVersion and s3:ListBucket; autopulse check writes its own file as well, by s3:PutObject.

create storage integration if not exists AUTOPULSE_S3
    type = external_stage
    storage_provider = 'S3'
    enabled = true
    storage_aws_role_arn = 'arn:aws:iam::<AWS_ACCOUNT>:role/<AWS_ROLE>'
    storage_allowed_locations = ('s3://<BUCKET>/autopulse/');

grant usage on integration AUTOPULSE_S3 to role AUTOPULSE_LOADER;

-- The files that live jobs stage: quoted by an apostrophe, which is doubled inside of a text; a field without quotes that is empty is
-- null, and nothing else is: no text stands for null, and no character escapes another.
create file format if not exists AUTOPULSE.RAW.AUTOPULSE_CSV
    type = csv
    compression = gzip
    field_optionally_enclosed_by = '0x27'
    escape_unenclosed_field = none
    null_if = ()
    empty_field_as_null = true;

create stage if not exists AUTOPULSE.RAW.AUTOPULSE_STAGE
    url = 's3://<BUCKET>/autopulse/'
    storage_integration = AUTOPULSE_S3
    file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');

grant usage on file format AUTOPULSE.RAW.AUTOPULSE_CSV to role AUTOPULSE_LOADER;
grant usage on stage AUTOPULSE.RAW.AUTOPULSE_STAGE to role AUTOPULSE_LOADER;

-- 5. Who logs in: services, by key pair only. type = service takes no password and no browser.

create user if not exists AUTOPULSE_LOADER_USER
    type = service
    default_role = AUTOPULSE_LOADER
    default_warehouse = AUTOPULSE_LOAD_WH;

create user if not exists AUTOPULSE_TRANSFORMER_USER
    type = service
    default_role = AUTOPULSE_TRANSFORMER
    default_warehouse = AUTOPULSE_QUERY_WH;

create user if not exists AUTOPULSE_REPORTER_USER
    type = service
    default_role = AUTOPULSE_REPORTER
    default_warehouse = AUTOPULSE_QUERY_WH;

grant role AUTOPULSE_LOADER to user AUTOPULSE_LOADER_USER;
grant role AUTOPULSE_TRANSFORMER to user AUTOPULSE_TRANSFORMER_USER;
grant role AUTOPULSE_REPORTER to user AUTOPULSE_REPORTER_USER;

-- 6. The public halves, without their first and last lines. To change a key without a gap, set rsa_public_key_2, move the job to it, then
-- unset the other.

alter user AUTOPULSE_LOADER_USER set rsa_public_key = '<LOADER_PUBLIC_KEY>';
alter user AUTOPULSE_TRANSFORMER_USER set rsa_public_key = '<TRANSFORMER_PUBLIC_KEY>';
alter user AUTOPULSE_REPORTER_USER set rsa_public_key = '<REPORTER_PUBLIC_KEY>';

-- 7. Where from. Not made here, for a wrong address locks out: let an administrator keep the jobs' machines to themselves, by a network
-- policy for each user,
--     create network policy AUTOPULSE_JOBS allowed_ip_list = ('203.0.113.7/32');
--     alter user AUTOPULSE_LOADER_USER set network_policy = AUTOPULSE_JOBS;
-- and to key pairs by an authentication policy:
--     create authentication policy AUTOPULSE.RAW.AUTOPULSE_KEYS authentication_methods = ('KEYPAIR');
--     alter user AUTOPULSE_LOADER_USER set authentication policy AUTOPULSE.RAW.AUTOPULSE_KEYS;
