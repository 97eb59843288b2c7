"""The people who wrote."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from blog.models import User
from blog.models.slugs import unique_slug
from transfer.records import Author

LONGEST_EMAIL = 254  # characters; RFC 5321


class People:
    """Those who wrote there, as people here.

    Somebody with the same e-mail address or login is the same person, and is not changed. Everybody else gets an
    account that owns their texts and opens nothing: no password, no staff. An administrator may give them both.
    """

    def __init__(self, result):
        self.result = result
        self.by_login, self.by_number = {}, {}

    def add(self, author: Author) -> User:
        person = self.find(author)
        if person:
            self.result.present["people"] += 1
        else:
            person = self.create(author)
            self.result.added["people"] += 1
        self.by_login.setdefault(author.login, person)
        if author.number:
            self.by_number.setdefault(author.number, person)
        return person

    def of_login(self, login: str) -> User:
        """Return whoever wrote under `login`, who may be missing from the export's own list; of "", the first."""
        if not login and self.by_login:
            return next(iter(self.by_login.values()))
        return self.by_login.get(login) or self.add(Author(login=login))

    def find(self, author):
        email = valid_email(author.email)
        by_email = User.objects.filter(email__iexact=email).order_by("pk").first() if email else None
        return by_email or User.objects.filter(username__iexact=username(author)).order_by("pk").first()

    def create(self, author):
        person = User(
            username=username(author),
            email=valid_email(author.email),
            display_name=author.name[:200],
            first_name=author.first_name[:150],
            last_name=author.last_name[:150],
        )
        if author.email and not person.email:
            self.result.note(_("E-mail addresses that are none were left out"), f"{author.login}: {author.email[:100]}")
        # WordPress makes the address of an author's page of the login.
        person.slug = unique_slug(person, author.login, fallback="author")
        person.set_unusable_password()
        person.save()
        return person


def username(author):
    """Return the login as it may stand here: WordPress allows spaces."""
    return re.sub(r"[^\w.@+-]+", "-", author.login).strip("-")[:150] or "author"


def valid_email(email: str) -> str:
    """Return `email`, or "" when nobody could be written to there."""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= LONGEST_EMAIL else ""
