from django.utils import timezone


def aware(moment):
    """Return a record's date with its time zone: the site's own where it has none. None stays None."""
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
