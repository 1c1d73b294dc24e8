with source as (
    {{ source_if_there('core', 'sales_targets', {
        'month': 'date',
        'dealer_id': 'varchar',
        'make': 'varchar',
        'model': 'varchar',
        'units': 'bigint',
        'revenue': 'decimal(18, 2)',
        'currency': 'varchar',
        'run_id': 'varchar',
    }) }}
),

renamed as (
    select
        month as month_start,
        dealer_id,
        make,
        model,
        cast(units as bigint) as target_units,
        cast(revenue as decimal(18, 2)) as target_revenue,
        currency,
        run_id
    from source
)

select * from renamed
