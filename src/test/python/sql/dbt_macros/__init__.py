"""The macros of warehouse/dbt as sqlfluff sees them: short texts that parse, in the place of what dbt makes of them (SqlFilesIT)."""


class _Dbt:
    def dateadd(self, part, number, date):
        return f"dateadd('{part}', {number}, {date})"

    def datediff(self, first, last, part):
        return f"datediff('{part}', {first}, {last})"


dbt = _Dbt()

_DIMENSIONS = {"total": [], "make": ["make"], "region x model": ["region", "model"]}


def sales_dimensions():
    return _DIMENSIONS


def market_dimensions():
    return _DIMENSIONS


def grains():
    return ["day", "week", "month"]


def member(attributes):
    return " || ' x ' || ".join(attributes) or "'ALL'"


def key_of(columns):
    return f"md5({' || '.join(columns)})"


def monday(day):
    return f"cast({day} as date)"


iso_day = monday


def period_start(grain, day):
    return day


def period_end(grain, start):
    return f"{start} + length({grain})"


previous_period = period_end


def months_later(day, months):
    return f"cast({day} as date)"


def divided(numerator, denominator, decimals):
    return f"({numerator}) / ({denominator})"


def share(numerator, denominator):
    return divided(numerator, denominator, 6)


per_unit = share
discount = share


def sale_measures(sales):
    return f"{sales}.net_price as revenue"


def only_changed_days(relation, columns):
    return ""


def delete_vanished_days(source):
    return ""


def mart_of_sales(dimension):
    return "windows as (\n    select * from sales\n)"


def columns_of_sales(relation):
    return f"{relation}.units_sold"
