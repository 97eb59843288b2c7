"""Addresses that lead somewhere else, and addresses that lead nowhere."""

import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .post import Post
from .taxonomy import Category, Tag

LONGEST_PATH = 500  # characters


def path_of(address: str) -> str:
    """Return the path of an address as redirects are kept: decoded, without the slashes around it.

    `address` may be whole, with the site's host, or begin at its path. Query and fragment are left out.
    """
    return unquote(urlsplit(address.strip()).path).strip("/")


class Redirect(models.Model):
    """An address that leads to a post, page, category or tag, wherever it stands now; or to a fixed address; or, with
    none of them, an address whose text was withdrawn (410 Gone, RFC 9110 § 15.5.11).

    What leads to a thing and not to its address makes no chain and no loop, however often the thing moves.
    """

    path = models.CharField(
        _("address"),
        max_length=LONGEST_PATH,
        unique=True,
        help_text=_("What stands after the site’s name: /2011/10/old-name/"),
    )
    # What led to a post that is deleted leads to nothing: 410.
    post = models.ForeignKey(
        Post, models.SET_NULL, verbose_name=_("post or page"), null=True, blank=True, related_name="former_addresses"
    )
    category = models.ForeignKey(
        Category,
        models.CASCADE,
        verbose_name=_("category"),
        null=True,
        blank=True,
        related_name="former_addresses",
    )
    tag = models.ForeignKey(
        Tag, models.CASCADE, verbose_name=_("tag"), null=True, blank=True, related_name="former_addresses"
    )
    address = models.CharField(
        _("another address"),
        max_length=2000,
        blank=True,
        help_text=_("/an/address/ of this site, or a whole one that begins with https://"),
    )
    by_hand = models.BooleanField(_("made by hand"), default=False, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self):
        return f"/{self.path}/"

    @property
    def is_gone(self):
        return not (self.post_id or self.category_id or self.tag_id or self.address)

    @property
    def target(self):
        """Where it leads, as an address; None for nowhere, and for a post that readers do not see now."""
        if self.post_id:
            return self.post.get_absolute_url() if self.post.is_live else None
        thing = self.category or self.tag
        return thing.get_absolute_url() if thing else self.address or None

    def clean(self):
        super().clean()
        try:
            self.path = path_of(self.path)
        except ValueError:
            raise ValidationError({"path": _("This is no address.")}) from None
        if not self.path:
            raise ValidationError({"path": _("The front page stays where it is.")})
        room = self.path.split("/")[0]
        if room in ("admin", "static", "media"):
            raise ValidationError({"path": _("What begins with /%(room)s/ cannot be led elsewhere.") % {"room": room}})
        if sum(map(bool, [self.post_id, self.category_id, self.tag_id, self.address])) > 1:
            raise ValidationError(_("It can lead to one place only: choose one, or none for “410 Gone”."))
        if self.address:
            self.address = self.settled(self.address.strip())

    def settled(self, address: str) -> str:
        """Return `address` as it may be kept: checked, and if it is itself led elsewhere, where that leads."""
        if address == settings.SITE_URL or address.startswith(f"{settings.SITE_URL}/"):
            address = address.removeprefix(settings.SITE_URL) or "/"
        if not address.startswith("/") or address.startswith("//"):
            try:
                URLValidator(schemes=["http", "https"])(address)
            except ValidationError:
                message = _("This is no address: begin with / for one of this site, or with https://")
                raise ValidationError({"address": message}) from None
            return address
        seen = {self.path}
        while True:
            path = path_of(address)
            if path in seen:
                raise ValidationError({"address": _("That would lead in a circle.")})
            seen.add(path)
            following = Redirect.objects.filter(path=path).exclude(pk=self.pk).first()
            if following is None or following.target is None:
                return address
            if not following.address:
                return following.target
            address = following.address

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        MissingAddress.objects.filter(path=self.path).delete()
        # What led here leads on at once: no reader is sent twice.
        if self.address:
            Redirect.objects.filter(address__in=[f"/{self.path}", f"/{self.path}/"]).update(address=self.address)

    @classmethod
    def remember(cls, path: str, **target):
        """Have `path` lead to `post=`, `category=` or `tag=`; to nothing for “gone”. What a person made stays."""
        path = path_of(path)
        if not path or len(path) > LONGEST_PATH or cls.objects.filter(path=path, by_hand=True).exists():
            return
        nowhere = {"post": None, "category": None, "tag": None, "address": ""}
        cls.objects.update_or_create(path=path, defaults={**nowhere, **target})


class MissingAddress(models.Model):
    """An address that readers asked for and that is none: how often, and which page sent them. No reader is kept."""

    MOST = 500  # rows
    KEPT = datetime.timedelta(days=90)

    path = models.CharField(_("address"), max_length=LONGEST_PATH, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    referrer = models.CharField(_("linked from"), max_length=500, blank=True)
    first_met_at = models.DateTimeField(_("first met"), default=timezone.now)
    last_met_at = models.DateTimeField(_("last met"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-last_met_at"]
        verbose_name = _("missing address")
        verbose_name_plural = _("missing addresses")

    def __str__(self):
        return f"/{self.path}/"

    @classmethod
    def note(cls, path: str, referrer: str):
        """Count that somebody asked for `path`; the oldest make place."""
        now = timezone.now()
        met = {"times": F("times") + 1, "last_met_at": now, **({"referrer": referrer} if referrer else {})}
        if cls.objects.filter(path=path).update(**met):
            return
        cls.objects.bulk_create([cls(path=path, referrer=referrer)], ignore_conflicts=True)
        cls.objects.filter(last_met_at__lt=now - cls.KEPT).delete()
        kept = cls.objects.order_by("-last_met_at").values("pk")[: cls.MOST]
        if cls.objects.count() > cls.MOST:
            cls.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
