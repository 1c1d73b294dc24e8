with attention as (
    select * from {{ ref('stg_core__market_attention') }}
),

final as (
    select
        day,
        source,
        topic,
        cast(views as bigint) as views,
        cast(mentions as bigint) as mentions,
        sentiment_mean,
        run_id
    from attention
)

select * from final
