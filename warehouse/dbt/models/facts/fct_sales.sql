{%- set columns = [
    'sale_id', 'updated_at', 'sequence', 'status', 'sold_at', 'sold_on', 'vehicle_key', 'dealer_key', 'dealer_id', 'region', 'make',
    'model', 'segment', 'powertrain', 'channel', 'currency', 'list_price', 'net_price', 'units_sold', 'units_cancelled',
    'units_returned', 'revenue', 'discount_net', 'discount_list', 'run_id'
] %}
{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='sold_on',
        contract={'enforced': true},
        on_schema_change='fail',
        pre_hook="{{ delete_vanished_days(ref('stg_core__sales')) }}"
    )
}}
with sales as (
    select * from {{ ref('stg_core__sales') }}
),

dealers as (
    select * from {{ ref('dim_dealer') }}
),

computed as (
    select
        sales.sale_id,
        sales.updated_at,
        sales.sequence,
        sales.status,
        sales.sold_at,
        sales.sold_on,
        {{ key_of(['sales.make', 'sales.model', 'sales.segment', 'sales.powertrain']) }}
            as vehicle_key,
        dealers.dealer_key,
        sales.dealer_id,
        sales.region,
        sales.make,
        sales.make || ' ' || sales.model as model,
        sales.segment,
        sales.powertrain,
        sales.channel,
        sales.currency,
        cast(sales.list_price as decimal(18, 2)) as list_price,
        cast(sales.net_price as decimal(18, 2)) as net_price,
        {{ sale_measures('sales') }},
        sales.run_id
    from sales
    left join dealers
        on
            sales.dealer_id = dealers.dealer_id
            and sales.sold_on >= dealers.valid_from
            and sales.sold_on < dealers.valid_to
),

final as (
    select {{ columns | join(', ') }}
    from computed
    {{ only_changed_days('computed', columns) }}
)

select * from final
