"""Posts and pages, and who may see them."""

import datetime
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blog import rendering

from .media import Media
from .slugs import SLUG_LENGTH, unique_slug
from .taxonomy import Category, Tag

WORDS_PER_MINUTE = 220  # a calm reader's pace


def new_guid():
    """A feed id that stays the same whatever happens to the address (RFC 4287 § 4.2.6)."""
    return uuid.uuid4().urn


# A change of these is a change of the search index.
SEARCHED = {"title", "html", "text", "excerpt", "author", "author_id", "status", "published_at"}
# A change of these may be a change of the address.
ADDRESSED = {"slug", "status", "published_at"}
MOST_AT_ONCE = 50  # posts that are indexed while somebody waits


def index(pks):
    """Let search find these posts as they are now: at once when they are few, so that their author meets them there."""
    from blog import tasks
    from blog.search.index import update

    if len(pks) <= MOST_AT_ONCE:
        update(pks)
    else:
        tasks.update_search.enqueue(pks)


def filed_in():
    """Return what to prefetch of posts whose categories' addresses are shown."""
    return models.Prefetch("categories", Category.objects.with_lineages())


class PostQuerySet(models.QuerySet):
    def update(self, **fields):
        """Change many at once. Nothing is saved one by one then, so the index and the old addresses are told here."""
        if (SEARCHED | ADDRESSED).isdisjoint(fields):
            return super().update(**fields)
        pks = list(self.values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            stood = {} if ADDRESSED.isdisjoint(fields) else self.where_they_stand(pks)
            changed = super().update(**fields)
            if stood:
                from blog import moving

                moving.remember_many(stood, self.where_they_stand(pks))
        transaction.on_commit(lambda: index(pks), robust=True)
        return changed

    update.alters_data = True

    def where_they_stand(self, pks):
        """Return {key: address} of those of `pks` that readers find."""
        found = self.model.objects.published().filter(pk__in=pks).select_related("parent")
        return {post.pk: post.get_absolute_url() for post in found.defer("body", "html", "text")}

    def published(self):
        """What everybody may see: the one definition of "visible" that every list, feed,
        sitemap, search and related query starts from."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=timezone.now())

    def next_moment_after(self, moment):
        """Return when the first post or page after `moment` (seconds since 1970) publishes itself, or None."""
        after = datetime.datetime.fromtimestamp(moment, tz=datetime.UTC)
        scheduled = self.filter(status=Post.Status.PUBLISHED, published_at__gt=after)
        return scheduled.aggregate(moment=models.Min("published_at"))["moment"]

    def trashed(self):
        """What was deleted and can still be brought back; see `blog.trash`."""
        return self.filter(status=Post.Status.TRASH)

    def posts(self):
        return self.filter(kind=Post.Kind.POST)

    def pages(self):
        return self.filter(kind=Post.Kind.PAGE)

    def filed_under(self, category):
        """Those of a category and of all below it. A subquery: a join's DISTINCT would compare whole texts."""
        filed = Post.categories.through.objects.filter(category__in=category.with_descendants())
        return self.filter(pk__in=filed.values("post"))

    def for_lists(self):
        """What a list shows of each post, in a constant number of queries and without the long texts."""
        return (
            self.defer("body", "html", "text", "contents")
            .annotate(opening=Left("text", 600))
            .select_related("author", "lead_picture")
            .prefetch_related(filed_in())
        )

    def for_feeds(self):
        """What a feed shows of each post."""
        return (
            self.defer("body", "text", "contents")
            .annotate(opening=Left("text", 600))
            .select_related("author", "lead_picture")
            .prefetch_related("categories", "tags")
        )


class Post(models.Model):
    """A post or a page. `body` is the author's source and is never altered; `html` and `text` follow from it."""

    class Kind(models.TextChoices):
        POST = "post", _("post")
        PAGE = "page", _("page")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        TRASH = "trash", _("trash")

    class Format(models.TextChoices):
        MARKDOWN = "markdown", _("Markdown")
        WORDPRESS = "wordpress", _("WordPress HTML")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.POST, editable=False)
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address name"), max_length=SLUG_LENGTH, unique=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="posts")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("A date in the future publishes the post at that moment."),
    )
    trashed_at = models.DateTimeField(_("put in the trash"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    body = models.TextField(_("text"), blank=True)
    body_format = models.CharField(_("text format"), max_length=10, choices=Format, default=Format.MARKDOWN)
    excerpt = models.TextField(
        _("excerpt"), blank=True, help_text=_("Shown in lists and to search engines; the first words when empty.")
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True, help_text=_("The site's own when empty.")
    )
    categories = models.ManyToManyField(Category, verbose_name=_("categories"), blank=True, related_name="posts")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="posts")
    lead_picture = models.ForeignKey(
        Media, models.SET_NULL, verbose_name=_("lead picture"), null=True, blank=True, related_name="led_posts"
    )
    comments_open = models.BooleanField(_("readers may comment"), default=True)

    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("parent page"), null=True, blank=True, related_name="children"
    )
    menu_order = models.IntegerField(_("order in the menu"), default=0)

    html = models.TextField(editable=False, blank=True)
    text = models.TextField(editable=False, blank=True)
    contents = models.JSONField(editable=False, blank=True, default=list)
    renderer_version = models.PositiveSmallIntegerField(editable=False, default=0)
    media = models.ManyToManyField(Media, editable=False, blank=True, related_name="posts")

    guid = models.CharField(max_length=300, unique=True, default=new_guid, editable=False)
    wordpress_id = models.PositiveBigIntegerField(null=True, blank=True, unique=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["kind", "status", "-published_at", "-id"], name="post_by_date")]
        permissions = [("edit_others", _("Can edit what others wrote"))]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self):
        return self.title

    @property
    def is_live(self):
        """Whether everybody may see it now: `PostQuerySet.published` for one row in hand."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    def may_be_previewed_by(self, user):
        """Whether `user` may read it before everybody may: their own, or any with the right to change others'."""
        if not (user.is_active and user.is_staff and user.has_perm("blog.view_post")):
            return False
        return self.author_id == user.pk or user.has_perm("blog.edit_others")

    @property
    def is_trashed(self):
        return self.status == self.Status.TRASH

    @property
    def is_scheduled(self):
        return self.status == self.Status.PUBLISHED and not self.is_live

    @property
    def date(self):
        """The date to show: of publication, or for a draft of its beginning."""
        return self.published_at or self.created_at

    @property
    def changed_at(self):
        """When readers last saw it change: a scheduled post's publication may come after its author's last change."""
        return max(self.updated_at, self.date)

    @property
    def summary(self):
        """The author's excerpt, or the first words of the text."""
        opening = self.opening if hasattr(self, "opening") else self.text
        return self.excerpt or Truncator(opening[:600]).words(45, truncate="\u00a0…")

    @property
    def reading_minutes(self):
        return max(1, round(len(self.text.split()) / WORDS_PER_MINUTE))

    @property
    def lang(self):
        return self.language or settings.LANGUAGE_CODE

    def save(self, *args, announce=True, **kwargs):
        """Keep the post with what follows from it. Whoever saves thousands passes `announce=False`, and calls
        `announce_all` once."""
        if not self.slug:
            self.slug = unique_slug(self, self.title, fallback=self.kind)
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now().replace(microsecond=0)  # as when an author gives a date
        self.render()
        super().save(*args, **kwargs)
        self.media.set(self._rendered_media)
        if announce:
            transaction.on_commit(lambda: index([self.pk]), robust=True)
            transaction.on_commit(self._announce, robust=True)

    def _announce(self):
        from blog import announcing, tasks

        tasks.update_related.enqueue(self.pk)
        announcing.saved.send(type(self), post_id=self.pk)

    @staticmethod
    def announce_all():
        """What `_announce` has done for one post, for all posts: after thousands of them came in.

        But nobody elsewhere hears of them (`announcing.saved`): what they link to was told long ago, by another blog.
        """
        from blog import tasks

        tasks.rebuild_related.enqueue()
        index(list(Post.objects.filter(status=Post.Status.PUBLISHED).values_list("pk", flat=True)))

    def render(self):
        """Bring `html`, `text` and `contents` up to date with `body`."""
        rendered = rendering.render(
            self.body, self.body_format, language=self.lang, find_media=Media.find, lead_id=self.lead_picture_id
        )
        self.html, self.text, self.contents = rendered.html, rendered.text, rendered.contents
        self.renderer_version = rendering.VERSION
        self._rendered_media = rendered.media_ids

    def rerender(self):
        """Render again and keep the result, without touching the date of the author's last change."""
        self.render()
        fields = ("html", "text", "contents", "renderer_version")
        type(self).objects.filter(pk=self.pk).update(**{name: getattr(self, name) for name in fields})
        self.media.set(self._rendered_media)

    def lineage(self):
        """Return the pages from the root down to this one."""
        line, page = [], self
        while page is not None and page not in line:
            line.insert(0, page)
            page = page.parent
        return line

    def get_absolute_url(self):
        """The permalink, where readers will find it: /2011/10/slug/ for a post, /parent/page/ for a page."""
        if self.kind == self.Kind.PAGE:
            return reverse("page", args=["/".join(page.slug for page in self.lineage())])
        date = timezone.localtime(self.date)
        return reverse("post", args=[date.year, date.month, self.slug])

    def get_preview_url(self):
        """Where staff read it before everybody may."""
        return reverse("preview", args=[self.pk])


class PageManager(models.Manager.from_queryset(PostQuerySet)):
    def get_queryset(self):
        return super().get_queryset().pages()


class Page(Post):
    """A post outside the stream: an “about” page. The same table, its own place in the admin."""

    objects = PageManager()

    class Meta:
        proxy = True
        ordering = ["menu_order", "title"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self._state.adding:
            self.kind = Post.Kind.PAGE
