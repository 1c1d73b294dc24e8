with {{ mart_of_sales('dealer') }},

-- What the dealer was at the end of the period.
dealers as (
    select * from {{ ref('dim_dealer') }}
),

final as (
    select
        windows.grain,
        windows.period_start,
        windows.period_end,
        windows.member as dealer_id,
        dealers.dealer_name,
        dealers.region,
        {{ columns_of_sales('windows') }}
    from windows
    left join dealers
        on
            windows.member = dealers.dealer_id
            and windows.period_end - 1 >= dealers.valid_from
            and windows.period_end - 1 < dealers.valid_to
)

select * from final
