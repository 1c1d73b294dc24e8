"""A Snowflake for tests: fakesnow, an HTTP server that speaks Snowflake's protocol over DuckDB, with corrections.

Clients (snowflake-jdbc, Beam's SnowflakeIO, the ingest SDK, dbt) stay the ones of production, byte for byte. Each correction makes
fakesnow do what Snowflake documents, and has a test in one of Snowflake*IT:

copying     COPY INTO a table: enclosure characters in hex, storage integrations, files in S3, the columns of the table instead of
            guessed ones. COPY INTO a location: unloading to S3.
statements  MERGE in a transaction and of any expression, SUM of numbers that stays a number, keys that are not enforced, decimals
            and nulls as bound values, SHOW SCHEMAS LIKE.
schemas     ALTER SCHEMA … SWAP WITH, HASH_AGG, timestamps that are null.
transactions    UPDATE, DELETE and MERGE wait for each other, DDL commits, COPY loads all files or none, a closed session is undone.
errors      Errors as Snowflake's error responses; a driver takes fakesnow's HTTP 500 for a fault of the net, and tries seven times.
login       Passwords and key pairs are checked; clients are told to send no telemetry.
snowpipe    Pipes, and the REST calls that fill them, over TLS, for key pairs only.
faults      Not of Snowflake: failures on demand, for tests.
translations    Not of Snowflake: what fakesnow makes of a text is kept, which halves the emulator's CPU.

What passes here proves protocol, SQL text, files and recovery, not Snowflake's own semantics. Known differences:

- An error inside a transaction ends it here: every statement but ROLLBACK then fails. Snowflake undoes the statement alone.
- A transaction sees the data as of its first statement here, and each statement what is committed by then in Snowflake. So one that
  has read or written a table, then waits for another transaction to change the same rows, fails here with error 625.
- A MERGE whose source has two rows for one of the target takes one of them here, and is an error in Snowflake.
- AVG of a NUMBER and the quotient of two are doubles here, and NUMBERs of six more digits in Snowflake.
- A DATE with an interval added, or truncated, is a timestamp here, and a DATE in Snowflake. TO_CHAR takes no notice of its format.
- VARCHAR(n) takes longer texts here. HASH has other values, and takes no star. A batch of bound rows is run row by row.
- Stages and pipes, comments and the lengths of texts do not survive a restart. There are no streams, tasks, warehouses and grants,
  no SWAP of tables, no DROP DATABASE and no several statements in one request.
"""
