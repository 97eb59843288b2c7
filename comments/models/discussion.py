"""The rules of the conversation, as its owner sets them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.site import Singleton
from comments import watchlists


def validate_watchlist(text):
    if wrong := watchlists.unusable(text):
        raise ValidationError(_("This is no IP address or range: %(entry)s"), params={"entry": wrong[0][:60]})


class DiscussionSettings(Singleton):
    """The rules of the conversation."""

    class Policy(models.TextChoices):
        EVERYONE_WAITS = "everyone", _("Everyone waits for approval")
        FIRST_TIMERS_WAIT = "first", _("Only newcomers wait for approval")
        NOBODY_WAITS = "nobody", _("Nobody waits")

    class Avatars(models.TextChoices):
        LOCAL = "local", _("Fetched from Gravatar, served from here (private)")
        DIRECT = "direct", _("Loaded from Gravatar by each reader (tells Gravatar who reads you)")
        NONE = "none", _("No avatars")

    class Rating(models.TextChoices):
        G = "g", _("G: for everyone")
        PG = "pg", _("PG: may offend some")
        R = "r", _("R: for adults")
        X = "x", _("X: anything")

    class Notices(models.TextChoices):
        WAITING = "waiting", _("For each comment that waits")
        ALL = "all", _("For each comment")
        DAILY = "daily", _("Once a day, when comments wait")
        NONE = "none", _("Never")

    policy = models.CharField(_("approval"), max_length=10, choices=Policy, default=Policy.FIRST_TIMERS_WAIT)
    most_links = models.PositiveSmallIntegerField(
        _("links without waiting"), default=2, help_text=_("A comment with more links than this waits for approval.")
    )
    most_per_address = models.PositiveSmallIntegerField(
        _("comments from one address in five minutes"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Whoever sends more is asked to wait, and keeps their words."),
    )
    most_per_network = models.PositiveSmallIntegerField(
        _("comments from one network in five minutes"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("A network is what a provider gives to a household or a company: a /24, or a /64 of IPv6."),
    )
    per_page = models.PositiveSmallIntegerField(
        _("comments per page"), default=100, validators=[MinValueValidator(5), MaxValueValidator(500)]
    )
    newest_first = models.BooleanField(_("newest conversations first"), default=False)
    close_after_days = models.PositiveSmallIntegerField(
        _("days until comments close"),
        default=0,
        help_text=_("After the publication of a post. 0: never. Pages stay open."),
    )
    edit_minutes = models.PositiveSmallIntegerField(
        _("minutes to change one’s comment"),
        default=15,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_("For whoever just wrote it, in the same browser. 0: only by the link in their mail."),
    )
    held = models.TextField(
        _("what waits"),
        blank=True,
        validators=[validate_watchlist],
        help_text=_(
            "One a line: words (a star for the rest: casino*), an e-mail address, @domain, an IP address or range."
        ),
    )
    blocked = models.TextField(
        _("what is blocked"),
        blank=True,
        validators=[validate_watchlist],
        help_text=_("The same. It goes straight to the spam, where you still find it."),
    )
    trusted = models.TextField(
        _("who never waits"),
        blank=True,
        help_text=_("E-mail addresses, one a line. Anybody can type an address: choose ones that are not public."),
    )
    akismet_key = models.CharField(
        _("Akismet key"),
        max_length=100,
        blank=True,
        help_text=_(
            "With a key, each comment and its writer’s IP address go to akismet.com, which says whether it is spam. "
            "Without, nothing leaves this site."
        ),
    )
    receives_mentions = models.BooleanField(
        _("take answers from other sites"),
        default=True,
        help_text=_("A site that links to a post tells this one (Webmention, pingback). It is judged as a comment is."),
    )
    sends_mentions = models.BooleanField(
        _("tell other sites of links to them"),
        default=True,
        help_text=_(
            "When a post is published or changed, this site asks each page it links to whether it wants to know."
        ),
    )
    avatars = models.CharField(_("avatars"), max_length=10, choices=Avatars, default=Avatars.LOCAL)
    avatar_rating = models.CharField(_("highest Gravatar rating"), max_length=2, choices=Rating, default=Rating.G)

    notices = models.CharField(
        _("mail to the author"),
        max_length=10,
        choices=Notices,
        default=Notices.WAITING,
        help_text=_("What looks like spam never sends a mail."),
    )
    address_days = models.PositiveSmallIntegerField(
        _("days that IP addresses are kept"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("They tell spammers apart; afterwards they are erased."),
    )
    privacy_note = models.TextField(
        _("who answers for this site"),
        blank=True,
        help_text=_("Shown on the privacy page: a name, an address, whatever the law where you live wants."),
    )
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("discussion settings")
        verbose_name_plural = _("discussion settings")

    def __str__(self):
        return str(self._meta.verbose_name)
