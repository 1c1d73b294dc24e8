{#- Rows are one a key, and every part of the key is there. -#}
{% test unique_key(model, columns) %}
select {{ columns | join(', ') }}, count(*) as key_rows
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}

{#- A number is not negative. -#}
{% test not_negative(model, column_name) %}
select * from {{ model }} where {{ column_name }} < 0
{% endtest %}
