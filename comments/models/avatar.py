"""Faces."""

import datetime
import secrets

from django.db import models
from django.utils import timezone

from comments import avatars

BATCH = 500  # rows a statement
AVATAR_LIFE = datetime.timedelta(days=7)


def new_avatar_key():
    return secrets.token_urlsafe(12)


class Avatar(models.Model):
    """The face of one e-mail address, or of the author of another site. The public `key` says nothing about either."""

    key = models.CharField(max_length=32, unique=True, default=new_avatar_key, editable=False)
    # SHA-256 of the trimmed, lower-case address: how Gravatar names it. Never leaves this table but to Gravatar.
    email_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    # Where the face of an author elsewhere is, as their own page says.
    photo = models.URLField(max_length=1000, unique=True, null=True, editable=False)
    image = models.FileField(upload_to="avatars", blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.key

    @classmethod
    def of(cls, email):
        """Return the avatar of an e-mail address, made if need be; None for no address."""
        if not email:
            return None
        return cls.objects.get_or_create(email_hash=avatars.email_hash(email))[0]

    @classmethod
    def at(cls, photo):
        """Return the avatar whose picture is at the address `photo`; None where that is longer than is kept."""
        if len(photo) > cls._meta.get_field("photo").max_length:
            return None
        return cls.objects.get_or_create(photo=photo)[0]

    @classmethod
    def of_many(cls, emails):
        """Return {address: avatar} for many e-mail addresses: `of` in three queries."""
        hashes = {email: avatars.email_hash(email) for email in emails if email}
        cls.objects.bulk_create(
            [cls(email_hash=hashed) for hashed in set(hashes.values())], BATCH, ignore_conflicts=True
        )
        found = cls.objects.in_bulk(set(hashes.values()), field_name="email_hash")
        return {email: found[hashed] for email, hashed in hashes.items()}

    @property
    def is_stale(self):
        return self.fetched_at is None or self.fetched_at < timezone.now() - AVATAR_LIFE
