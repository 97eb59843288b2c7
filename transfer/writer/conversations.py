"""Comments."""

import itertools
from ipaddress import ip_address

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection
from django.utils.translation import gettext as _

from comments.models import Comment
from transfer.writer.dates import aware
from transfer.writer.loops import on_a_loop
from transfer.writer.people import valid_email

LONGEST = {"name": 245, "url": 500}  # characters
HIGHEST_KEPT = 10**9  # a comment's own number has at most ten digits (`comments.threads`)
is_web_address = URLValidator(schemes=["http", "https"])


class Conversations:
    """The comments of the other blog's posts. One is known by its post and its number there.

    They wait in `add` until `write` puts many at once into the database. In a blog that has no comment yet, they keep
    their numbers, so that links to `#comment-7` still lead there.
    """

    def __init__(self, people, result, *, highest_number, dry_run):
        self.people, self.result, self.dry_run = people, result, dry_run
        self.posts, self.waiting = [], 0
        self.faces = set()  # ids of avatars
        self.keeps_numbers = highest_number < HIGHEST_KEPT and not Comment.objects.exists()
        self.used, self.spare = set(), itertools.count(highest_number + 1)
        self.room = 0
        if self.keeps_numbers:
            self.make_room(highest_number)

    def add(self, post, article, *, is_new):
        if article.comments:
            self.posts.append((post, article, is_new))
            self.waiting += len(article.comments)

    def write(self):
        stored = self.stored_comments([post for post, _article, is_new in self.posts if not is_new])
        new = []
        for post, article, _is_new in self.posts:
            new += self.new_comments(post, article, stored.get(post.pk, {}))
        if self.keeps_numbers:
            self.make_room(max((comment.pk for comment in new), default=0))
        Comment.objects.add_many(new)
        self.result.added["comments"] += len(new)
        read = (Comment.Status.APPROVED, Comment.Status.PENDING)
        self.faces.update(comment.avatar_id for comment in new if comment.avatar_id and comment.status in read)
        self.posts, self.waiting = [], 0

    def stored_comments(self, posts):
        """Return {post id: {number, or what stands for it: comment}} of what earlier runs brought."""
        stored = {}
        comments = Comment.objects.filter(post__in=posts).only("post", "wordpress_id", "created_at", "body", "path")
        for comment in comments:
            known = stored.setdefault(comment.post_id, {})
            known[comment.wordpress_id or (comment.created_at, comment.body)] = comment
        return stored

    def new_comments(self, post, article, stored):
        """Return the comments of one post that are not in `stored` yet."""
        known, new, records = dict(stored), [], {}
        for record in article.comments:
            date = aware(record.date) or post.date
            key = record.number or (date, record.body)
            if record.kind not in Comment.Kind.values:
                self.result.left_out[record.kind] += 1
            elif key in stored:
                self.result.present["comments"] += 1
            elif key in records:
                self.result.note(_("Left out: the export holds them twice"), self.label(record, post))
            else:
                known[key] = self.comment_of(record, post, date)
                records[key] = record
                new.append(known[key])
        loops = on_a_loop({record.number: record.parent for record in records.values() if record.parent})
        for key, record in records.items():
            if not record.parent:
                continue
            if record.parent in known and record.number not in loops:
                known[key].parent = known[record.parent]
            else:
                about = _("Comments whose parent is missing or below themselves now answer the post")
                self.result.note(about, self.label(record, post))
        return new

    def comment_of(self, record, post, date):
        return Comment(
            pk=self.own_number(record.number),
            post=post,
            wordpress_id=record.number,
            kind=record.kind,
            status=record.status,
            user=self.people.by_number.get(record.user),
            name=name_of(record),
            email=self.email_of(record, post),
            url=self.url_of(record, post),
            ip=ip_of(record),
            body=record.body,
            created_at=date,
        )

    def own_number(self, number):
        if not self.keeps_numbers:
            return None
        if not number or number in self.used:
            number = next(self.spare)
        self.used.add(number)
        return number

    def make_room(self, highest_number):
        """Keep the numbers up to `highest_number` from visitors who comment now or later."""
        if highest_number <= self.room or self.dry_run:
            return
        self.room = highest_number
        if connection.vendor == "postgresql":  # SQLite has one writer at a time, and looks which numbers are taken
            with connection.cursor() as cursor:
                table = Comment._meta.db_table
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, highest_number])

    def email_of(self, record, post):
        email = valid_email(record.email)
        if record.email and not email:
            about = _("E-mail addresses that are none were left out")
            self.result.note(about, f"{self.label(record, post)}: {record.email[:100]}")
        return email

    def url_of(self, record, post):
        url = record.url
        if url in ("", "http://", "https://"):
            return ""
        try:
            is_web_address(url)
        except ValidationError:
            url = ""
        if not url or len(url) > LONGEST["url"]:
            about = _("Websites that are none were left out")
            self.result.note(about, f"{self.label(record, post)}: {record.url[:100]}")
            return ""
        return url

    @staticmethod
    def label(record, post):
        return _("%(name)s on “%(post)s”") % {"name": name_of(record)[:100], "post": post.title[:100]}


def name_of(record):
    return record.name[: LONGEST["name"]] or _("Anonymous")


def ip_of(record):
    try:
        # A scope (`fe80::1%eth0`) means something on its own machine alone, and PostgreSQL refuses it.
        return str(ip_address(record.ip.partition("%")[0]))
    except ValueError:
        return None
