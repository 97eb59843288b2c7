"""Logging in as somebody with a role."""

from django.contrib.auth.models import Group

from tests.factories import UserFactory


def member(*groups, **fields):
    """Return a staff person who belongs to `groups` by name."""
    person = UserFactory(is_staff=True, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def administrator(**fields):
    return UserFactory(is_staff=True, is_superuser=True, **fields)
