"""Puts the demo blog into an empty database: all of it, or nothing."""

import datetime
import re
from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from blog.models import Category, Media, Page, Post, SiteSettings, Tag, User
from blog.related import index
from blog.rendering.typography import correct
from blog.uploads import store_upload
from comments import moderation, submission
from comments.models import Comment
from transfer.demo import content, drawings, login
from transfer.demo.people import AUTHORS, ODILE, VISITORS

# Kept in the history of the site's settings: what tells, once everything is deleted, that the demo was here.
MARK = "The demo blog was loaded."
LANGUAGE = "fr"
SITE = {
    "title": "L’Heure creuse",
    "tagline": "Revue des choses qui prennent leur temps",
    "description": (
        "Le papier, le pain, les lettres, les trains de nuit et les petites machines : une revue qui paraît quand elle "
        "est prête, et qui répond."
    ),
    "footer": "Composé à la main, relu debout. Les commentaires sont ouverts, la barrière aussi.",
}


class AlreadyLoaded(Exception):
    """The demo was loaded into this blog before. What became of it since is its author's affair."""


class NotEmpty(Exception):
    """Somebody has begun to write here."""


@dataclass
class Loaded:
    """What was written."""

    posts: int = 0
    pages: int = 0
    pictures: int = 0
    comments: int = 0


def load(progress=iter) -> Loaded:
    """Write the demo blog; return how much of it there is. `progress` wraps the iterations that take time.

    Raises `AlreadyLoaded` or `NotEmpty` and changes nothing. Where it fails, no row and no picture stays.
    """
    writing = Writing(content.read_entries(), progress)
    try:
        with transaction.atomic():
            return writing.everything()
    except AlreadyLoaded:
        raise
    except BaseException:  # Ctrl-C, too
        writing.take_back()
        raise


@dataclass
class Writing:
    entries: list
    progress: object
    people: dict[str, User] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    has_kept_login: bool = False

    def everything(self):
        refuse_unless_empty()
        self.now = timezone.localtime()
        last = content.last_moment(self.entries)
        # Whole years, so that every text keeps its season: the newest is never older than one, nor still to come.
        self.years = self.now.year - last.year - (years_later(last, self.now.year - last.year) > naive(self.now))
        for entry in self.entries:
            for name in entry.listed("author") or [ODILE.username]:
                if name not in self.people:
                    self.people[name] = self.person(AUTHORS[name])
        figures = [(entry, figure) for entry in self.entries for figure in entry.figures]
        for entry, figure in self.progress(figures):
            self.draw(entry, figure)
        for entry in self.progress(self.entries):
            self.write(entry)
        answers = self.answer()
        index.rebuild(self.progress)
        self.leave_a_mark()
        return Loaded(
            posts=sum(entry.kind == "post" for entry in self.entries),
            pages=sum(entry.kind == "page" for entry in self.entries),
            pictures=len(self.media),
            comments=answers,
        )

    def take_back(self):
        """Remove what no rollback removes."""
        for media in self.media.values():
            media.file.storage.delete(media.file.name)
        if self.has_kept_login:
            login.forget()

    def person(self, author):
        """Make a member of the house. Odile is the administrator of a blog that has none; the others cannot log in."""
        person = User(
            username=author.username,
            email=author.email,
            display_name=author.name,
            biography=author.biography,
            website=author.website,
            is_staff=True,
        )
        person.set_unusable_password()
        leads = author is ODILE and not User.objects.filter(is_superuser=True).exists()
        if leads:
            person.username, person.is_superuser = "admin", True
            password = login.new_password()
            person.set_password(password)
        if User.objects.filter(username=person.username).exists():
            raise NotEmpty(f"somebody here is called “{person.username}” already")
        person.save()
        if leads:
            login.keep(person.username, password)
            self.has_kept_login = True
        else:
            person.groups.set(Group.objects.filter(name__in=author.groups))
        return person

    def author_of(self, entry):
        return self.people[entry.facts.get("author", ODILE.username)]

    def moment(self, local):
        """Return the moment that a date of the files means."""
        return timezone.make_aware(years_later(local, self.years))

    def date_of(self, entry):
        if not entry.is_scheduled:
            return self.moment(entry.date)
        day = self.now.date() + datetime.timedelta(days=entry.days_ahead)
        return timezone.make_aware(datetime.datetime.combine(day, entry.date.time()))

    def draw(self, entry, figure):
        language = entry.facts.get("language", LANGUAGE)
        self.media[figure.name] = store_upload(
            f"{figure.name}.jpg",
            drawings.jpeg(figure.name),
            title=entry.facts["title"],
            alt=correct(figure.alt, language),
            caption=correct(figure.caption, language),
            uploaded_by=self.author_of(entry),
            uploaded_at=min(self.date_of(entry), self.now),
        )

    def write(self, entry):
        date, language = self.date_of(entry), entry.facts.get("language", LANGUAGE)
        is_draft = entry.facts.get("status") == "draft"
        post = (Page if entry.kind == "page" else Post)(
            title=entry.facts["title"],
            slug=entry.slug,
            author=self.author_of(entry),
            status=Post.Status.DRAFT if is_draft else Post.Status.PUBLISHED,
            published_at=None if is_draft else date,
            created_at=min(date, self.now),
            body=self.with_addresses(entry.body),
            excerpt=correct(entry.facts["excerpt"], language),
            lead_picture=self.media[entry.picture.name] if entry.picture else None,
            comments_open=entry.facts.get("comments") != "closed",
            parent=self.posts.get(entry.facts.get("parent")),
            menu_order=int(entry.facts.get("order", 0)),
        )
        if language != post.lang[:2]:
            post.language = language
        post.save()
        post.categories.set([category(path) for path in entry.listed("categories")])
        post.tags.set([Tag.objects.get_or_create(name=name)[0] for name in entry.listed("tags")])
        # Not the moment of the installation, which feeds would show as that of the last change.
        Post.objects.filter(pk=post.pk).update(updated_at=post.created_at)
        self.posts[entry.slug] = post

    def with_addresses(self, body):
        """Return a text with the addresses of the posts and pictures that it names."""
        dates = {entry.slug: self.date_of(entry) for entry in self.entries if entry.kind == "post"}

        def permalink(match):
            date = timezone.localtime(dates[match[1]])
            return f"({reverse('post', args=[date.year, date.month, match[1]])})"

        body = re.sub(r"\(picture:([\w-]+)", lambda match: f"({self.media[match[1]].file.url}", body)
        return re.sub(r"\(post:([\w-]+)\)", permalink, body)

    def answer(self):
        """Write the comments in the order in which they came; return how many there are."""
        written = {}
        remarks = [(entry, number) for entry in self.entries for number in range(len(entry.remarks))]
        for entry, number in self.progress(sorted(remarks, key=lambda item: item[0].remarks[item[1]].date)):
            remark = entry.remarks[number]
            comment = Comment(
                post=self.posts[entry.slug],
                parent=written.get((entry.slug, remark.above)),
                name=remark.name,
                body=correct(remark.body, LANGUAGE),  # as a keyboard that knows French types it
                status=remark.status,
                created_at=self.moment(remark.date),
                **self.signature(remark.name),
            )
            if remark.status in (Comment.Status.PENDING, Comment.Status.SPAM):
                verdict = moderation.judge(submission.facts_of(comment))
                comment.reason, comment.held_for = " ".join(verdict.reasons)[:300], " ".join(verdict.causes)
                comment.looks_like_spam = remark.status == Comment.Status.SPAM
            comment.save()
            written[entry.slug, number] = comment
        return len(remarks)

    def signature(self, name):
        """Return who a commenter is, as fields of a comment."""
        for username, author in AUTHORS.items():
            if author.name == name:
                return {"user": self.people[username], "email": author.email, "url": author.website}
        visitor = VISITORS[name]
        return {"email": visitor.email, "url": visitor.website}

    def leave_a_mark(self):
        if not SiteSettings.objects.filter(pk=1).exists():
            SiteSettings(**SITE).save()
        site = SiteSettings.load()
        LogEntry.objects.create(
            user=self.people[ODILE.username],
            content_type=ContentType.objects.get_for_model(SiteSettings),
            object_id=site.pk,
            object_repr=str(site),
            action_flag=ADDITION,
            change_message=MARK,
        )


def refuse_unless_empty():
    if LogEntry.objects.filter(change_message=MARK).exists():
        raise AlreadyLoaded
    for model in (Post, Comment, Media, Category, Tag):
        if model.objects.exists():
            raise NotEmpty(f"it already has {model._meta.verbose_name_plural}")


def category(path):
    """Return the category at `path` ("Atelier/Papier"), made if need be."""
    found = None
    for name in path.split("/"):
        found, _ = Category.objects.get_or_create(name=name, parent=found)
    return found


def naive(moment):
    return timezone.make_naive(moment)


def years_later(local, years):
    """Return a date so many years later; the 29th of February may become the 28th."""
    try:
        return local.replace(year=local.year + years)
    except ValueError:
        return local.replace(year=local.year + years, day=28)
