{% snapshot dealers_history %}
{{
    config(
        schema='AUTOPULSE_MARTS_HISTORY',
        unique_key='dealer_id',
        strategy='check',
        check_cols=['dealer_name', 'region'],
        updated_at='known_at'
    )
}}
select
    dealers.dealer_id,
    dealers.dealer_name,
    dealers.region,
    runs.started_at as known_at
from {{ ref('stg_core__dealers') }} as dealers
inner join {{ ref('stg_core__load_runs') }} as runs on dealers.run_id = runs.run_id
{% endsnapshot %}
