with {{ mart_of_sales('region') }},

final as (
    select
        windows.grain,
        windows.period_start,
        windows.period_end,
        windows.member as region,
        {{ columns_of_sales('windows') }}
    from windows
)

select * from final
