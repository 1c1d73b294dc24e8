-- Published sales of which a newer version is known: a live job or a run that did not cover their date brought it.
{{ config(severity='warn') }}
select
    sales.sale_id,
    max(versions.updated_at) as newest_version
from {{ source('core', 'sales') }} as sales
inner join {{ ref('stg_core__sale_versions') }} as versions
    on
        sales.sale_id = versions.sale_id
        and (
            sales.updated_at < versions.updated_at
            or (sales.updated_at = versions.updated_at and sales.sequence < versions.sequence)
        )
group by 1
