"""Dates as people write them."""

import datetime

from django import template
from django.utils import formats, timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

register = template.Library()


@register.filter
def long_date(moment):
    """“27 octobre 2011”, and “1er octobre” for the first of a month; elsewhere the locale's own long date."""
    date = timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment
    if (get_language() or "").startswith("fr"):
        return ("1er" if date.day == 1 else str(date.day)) + format_date(date, " F Y")
    return formats.date_format(date, "DATE_FORMAT")


@register.filter
def to_the_second(moment):
    """“2011-10-27T10:30:00+02:00”, for programs: HTML's dates have no microseconds."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def month_name(number):
    """“octobre” for 10."""
    return format_date(datetime.date(2000, number, 1), "F")
