{#- How a build is shown: docs/jobs/marts.md. A build is made in a schema of its own (AUTOPULSE_MARTS__<build>); only a build of all
    models and tests, every one of them good, is shown as AUTOPULSE_MARTS. -#}

{% macro marts_schema() %}{{ return('AUTOPULSE_MARTS') }}{% endmacro %}

{% macro is_published() %}
    {{ return(env_var('AUTOPULSE_MARTS_PUBLISH', 'false') == 'true' and flags.WHICH == 'build') }}
{% endmacro %}

{% macro is_part() %}{{ return(env_var('AUTOPULSE_MARTS_PART', 'false') == 'true') }}{% endmacro %}

{#- The tables of the marts' readers. -#}
{% macro published_models() %}
    {%- set names = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and 'published' in node.tags -%}
        {%- do names.append(node.name) -%}
    {%- endfor -%}
    {{ return(names | sort) }}
{% endmacro %}

{#- What readers see now. -#}
{% macro shown_relations() %}
    {%- set names = run_query(
        "select lower(table_name) as name from information_schema.tables where upper(table_schema) = '" ~ marts_schema() ~ "'"
    ).columns[0].values() -%}
    {{ return(names) }}
{% endmacro %}

{#- The names of the columns of a table that they see. -#}
{% macro shown_columns(name) -%}
    {%- set names = run_query(
        "select lower(column_name) as name from information_schema.columns where upper(table_schema) = '" ~ marts_schema()
        ~ "' and lower(table_name) = '" ~ name ~ "'"
    ).columns[0].values() -%}
    {{ return(names | list) }}
{%- endmacro %}

{#- Gives a new build the facts of the last one, which it restates where they differ. Facts that had other columns are made anew. -#}
{% macro take_over_facts() %}
    {%- if execute and is_published() and not flags.FULL_REFRESH -%}
        {#- By queries that begin no transaction: nobody would commit it. -#}
        {%- set shown = shown_relations() -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'incremental' and node.name in shown and node.unique_id in selected_resources -%}
            {%- set published = api.Relation.create(database=target.database, schema=marts_schema(), identifier=node.name) -%}
            {%- if shown_columns(node.name) | sort == node.columns.keys() | list | sort -%}
                {%- set taken = api.Relation.create(
                    database=as_stored(target.database), schema=as_stored(target.schema), identifier=as_stored(node.name), type='table'
                ) -%}
                {%- do run_query(copy_table(published, taken)) -%}
                {%- do adapter.cache_added(taken) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{#- A name as the warehouse keeps it: dbt finds a relation again by that alone. -#}
{% macro as_stored(name) -%}
    {{ return(adapter.dispatch('as_stored')(name)) }}
{%- endmacro %}

{% macro default__as_stored(name) -%}
    {{ return(name | upper) }}
{%- endmacro %}

{% macro duckdb__as_stored(name) -%}
    {{ return(name) }}
{%- endmacro %}

{% macro copy_table(from, to) -%}
    {{ return(adapter.dispatch('copy_table')(from, to)) }}
{%- endmacro %}

{% macro default__copy_table(from, to) -%}
    create table {{ to }} clone {{ from }}
{%- endmacro %}

{% macro duckdb__copy_table(from, to) -%}
    create table {{ to }} as select * from {{ from }}
{%- endmacro %}

{% macro publish_marts(results) %}
    {%- if execute and is_published() -%}
        {%- set bad = results | map(attribute='status') | reject('in', ['success', 'pass', 'warn', 'no-op']) | list -%}
        {%- set built = results | map(attribute='node') | map(attribute='name') | list -%}
        {%- if is_part() and target.type != 'duckdb' -%}
            {{ exceptions.raise_compiler_error('only DuckDB can show a part of the marts: build all of them') }}
        {%- elif bad | length == 0 and results | length > 0 -%}
            {{ adapter.dispatch('show_build')(published_models(), built) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{#- Views onto the build's tables, all of them in one transaction, which takes away what earlier builds left as well. -#}
{% macro duckdb__show_build(names, built) %}
    {%- set schemas = run_query("select distinct schema_name from information_schema.schemata where catalog_name = current_database()").columns[0].values() -%}
    begin transaction;
    create schema if not exists {{ marts_schema() }};
    {% for name in shown_relations() if name not in names %}
    drop view {{ marts_schema() }}.{{ name }};
    {% endfor %}
    {% for name in names if name in built %}
    create or replace view {{ marts_schema() }}.{{ name }} as select * from {{ target.schema }}.{{ name }};
    {% endfor %}
    {% for schema in schemas if schema.startswith(marts_schema() ~ '__') and schema != target.schema and not is_part() %}
    drop schema {{ schema }} cascade;
    {% endfor %}
    commit;
{% endmacro %}

{#- One statement puts the build's schema in the place of the published one. What was published is dropped afterwards. -#}
{% macro snowflake__show_build(names, built) %}
    {%- do run_query("create schema if not exists " ~ target.database ~ "." ~ marts_schema()) -%}
    {%- do run_query("alter schema " ~ target.database ~ "." ~ target.schema ~ " swap with " ~ target.database ~ "." ~ marts_schema()) -%}
    {%- do run_query("drop schema " ~ target.database ~ "." ~ target.schema ~ " cascade") -%}
{% endmacro %}
