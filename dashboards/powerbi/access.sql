-- Who sees what in Power BI, for an administrator to run once in the database of the marts. A user with neither region nor dealer sees nothing.
create schema if not exists autopulse_access;
create table if not exists autopulse_access.bi_access (
    user_name varchar not null, -- as Power BI knows the user: the e-mail address
    region varchar,
    dealer_id varchar
);
