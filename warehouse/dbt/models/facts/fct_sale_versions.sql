{%- set columns = [
    'sale_id', 'updated_at', 'sequence', 'version_number', 'is_last', 'valid_to', 'status', 'previous_status', 'change', 'sold_at',
    'sold_on', 'vehicle_key', 'dealer_id', 'region', 'make', 'model', 'segment', 'powertrain', 'channel', 'currency', 'list_price',
    'net_price', 'run_id'
] %}
{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='sold_on',
        contract={'enforced': true},
        on_schema_change='fail',
        pre_hook="{{ delete_vanished_days(ref('stg_core__sale_versions')) }}"
    )
}}
with versions as (
    select * from {{ ref('stg_core__sale_versions') }}
),

ordered as (
    select
        versions.*,
        row_number() over (partition by sale_id order by updated_at, sequence) as version_number,
        lead(updated_at) over (partition by sale_id order by updated_at, sequence) as valid_to,
        lag(status) over (partition by sale_id order by updated_at, sequence) as previous_status,
        lag(sold_on) over (partition by sale_id order by updated_at, sequence) as previous_sold_on,
        lag(net_price) over (partition by sale_id order by updated_at, sequence) as previous_price
    from versions
),

computed as (
    select
        sale_id,
        updated_at,
        sequence,
        cast(version_number as bigint) as version_number,
        valid_to is null as is_last,
        valid_to,
        status,
        previous_status,
        case
            when version_number = 1 then 'first'
            when status <> previous_status and status = 'SOLD' then 'sold again'
            when status = 'CANCELLED' and previous_status <> 'CANCELLED' then 'cancelled'
            when status = 'RETURNED' and previous_status <> 'RETURNED' then 'returned'
            when sold_on <> previous_sold_on then 'moved'
            when net_price <> previous_price then 'price changed'
            else 'corrected'
        end as change,
        sold_at,
        sold_on,
        {{ key_of(['make', 'model', 'segment', 'powertrain']) }} as vehicle_key,
        dealer_id,
        region,
        make,
        make || ' ' || model as model,
        segment,
        powertrain,
        channel,
        currency,
        cast(list_price as decimal(18, 2)) as list_price,
        cast(net_price as decimal(18, 2)) as net_price,
        run_id
    from ordered
),

final as (
    select {{ columns | join(', ') }}
    from computed
    {{ only_changed_days('computed', columns) }}
)

select * from final
