with source as (
    select * from {{ source('core', 'market_attention') }}
),

renamed as (
    select
        day,
        source,
        topic,
        views,
        mentions,
        sentiment_mean,
        run_id
    from source
)

select * from renamed
