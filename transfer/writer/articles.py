"""Posts and pages."""

import re
import uuid
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Category, Post, Redirect, Tag
from blog.models.slugs import RESERVED, slug_of, unique_slug
from blog.rendering import wordpress
from transfer.records import Article
from transfer.writer.dates import aware
from transfer.writer.loops import on_a_loop

LONGEST = {"title": 300, "guid": 300, "address": 500}  # characters
COUNTED = {"post": "posts", "page": "pages"}
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
NATIVE_ADDRESS = re.compile(r"[12][0-9]{3}/[0-9]{2}/(?:[0-9]{2}/)?([^/]+)")


class Articles:
    """The other blog's posts and pages.

    One is known by its guid, which WordPress never changes, or else (somebody had its addresses rewritten) by its
    number together with the moment it was written. What is here already is not changed, whatever its author made of
    it since. Its number, which `/?p=` answers to, can belong to one blog only: the first that moved in.
    """

    def __init__(self, survey, people, terms, files, result):
        self.survey, self.people, self.terms, self.files, self.result = survey, people, terms, files, result
        self.by_guid, self.by_number_and_date, self.slugs = {}, {}, set()
        for post in Post.objects.only("guid", "wordpress_id", "created_at", "slug"):
            self.by_guid[post.guid] = post.pk
            self.by_number_and_date[post.wordpress_id, post.created_at] = post.pk
            self.slugs.add(post.slug)
        self.by_number, self.seen_guids = {}, set()
        self.children, self.former = [], []

    def add(self, article: Article):
        """Return (post, whether it is new); (None, False) for one that the export holds twice."""
        guid = self.guid_of(article)
        if article.number in self.by_number or not guid:
            self.result.note(_("Left out: the export holds them twice"), article.title)
            return None, False
        pk = self.by_guid.get(guid) or self.by_number_and_date.get((article.number or 0, aware(article.date)))
        if pk:
            post = Post.objects.get(pk=pk)
            self.result.present[COUNTED[article.kind]] += 1
            self.show_new_files(post, article)
        else:
            post = self.create(article, guid)
            self.result.added[COUNTED[article.kind]] += 1
        self.seen_guids.add(guid)
        if article.number:
            self.by_number[article.number] = post.pk
        return post, not pk

    def guid_of(self, article):
        """Return what names the article for ever: its guid, or what stands for one that it lacks or shares; "" where
        another article of this export has all of them."""
        known = (self.survey.site.address, article.kind, article.number, article.slug, article.title, article.date)
        possible = [
            article.guid,
            f"{self.survey.site.address.rstrip('/')}/?p={article.number}" if article.number else "",
            uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(map(str, known))).urn,
        ]
        usable = (guid for guid in possible if guid and len(guid) <= LONGEST["guid"] and guid not in self.seen_guids)
        return next(usable, "")

    def create(self, article, guid):
        date = aware(article.date)
        published = article.status == Post.Status.PUBLISHED
        post = Post(
            kind=article.kind,
            guid=guid,
            wordpress_id=self.files.numbers.take(article.number),
            title=article.title[: LONGEST["title"]] or _("Untitled"),
            author=self.people.of_login(article.author),
            status=article.status,
            # What was public, or was to be, keeps its date for the day its author publishes it.
            published_at=date if published or article.hidden_by not in ("", "pending") else None,
            created_at=date or timezone.now(),
            body=self.body_of(article),
            body_format=Post.Format.WORDPRESS,
            excerpt=article.excerpt,
            comments_open=article.comments_open,
            menu_order=article.menu_order,
            lead_picture=self.lead_of(article),
        )
        post.slug = self.slug_for(article, post)
        post.save(announce=False)
        changed = aware(article.changed) or date or post.updated_at
        Post.objects.filter(pk=post.pk).update(updated_at=max(changed, post.created_at))
        terms = [term for term in map(self.terms.get, article.terms) if term]
        post.categories.add(*[term for term in terms if isinstance(term, Category)])
        post.tags.add(*[term for term in terms if isinstance(term, Tag)])
        self.slugs.add(post.slug)
        self.remember_address(article, post)
        if article.kind == Post.Kind.PAGE and article.parent:
            self.children.append((post.pk, post.title, article.number, article.parent))
        self.tell_of(article, post)
        return post

    def tell_of(self, article, post):
        """Let the author know what is not as it was."""
        if article.hidden_by:
            self.result.note(_("Drafts now, which they were not"), f"{post.title} ({article.hidden_by})")
        if article.status == Post.Status.PUBLISHED and not article.date:
            self.result.note(_("Published without a date, so they have today’s"), post.title)
        if article.number and not post.wordpress_id:
            self.result.note(_("No /?p= address: another blog’s post or file has that number"), post.title)
        if article.slug and article.slug != post.slug:
            about = _("Addresses that changed; the old ones lead to the new")
            self.result.note(about, f"{article.slug} → {post.slug}")
        if len(article.title) > LONGEST["title"]:
            self.result.note(_("Titles that were too long, and cut"), post.title)

    def lead_of(self, article):
        media = self.files.by_number.get(article.lead) if article.lead else None
        return media if media and media.is_picture else None

    def show_new_files(self, post, article):
        """Show in a post of an earlier run what only came in now: files that were missing then."""
        if not self.files.new or post.body_format != Post.Format.WORDPRESS:
            return
        lead = self.lead_of(article)
        if lead in self.files.new and post.lead_picture_id is None:
            Post.objects.filter(pk=post.pk).update(lead_picture=lead)
        if "/uploads/" in post.body or "[gallery" in post.body:
            post.rerender()

    def body_of(self, article):
        """Return the source, with each [gallery] written out that its numbers alone would not bring back.

        One without numbers means the pictures that were uploaded for its post. Numbers mean nothing here where another
        blog's files have them, or while the files have not come in.
        """

        def gallery(match):
            numbers = wordpress.gallery_numbers(match[0])
            if numbers and all(self.files.has_number(number) for number in numbers):
                return match[0]
            if numbers:
                shown = [self.survey.by_number[number] for number in numbers if number in self.survey.by_number]
            else:
                shown = filter(is_picture, self.survey.attached.get(article.number, ()))
            return wordpress.gallery(map(address_of, shown)) or match[0]

        return wordpress.GALLERY.sub(gallery, article.body)

    def slug_for(self, article, post):
        wanted = slug_of(article.slug) or slug_of(article.title) or f"{article.kind}-{article.number or 1}"
        if article.kind == Post.Kind.PAGE and not article.parent and resolve(f"/{wanted}/").url_name != "page":
            wanted = f"{wanted}-{article.kind}"  # the site's own /archive/ stands there
        is_free = wanted not in self.slugs and not RESERVED.fullmatch(wanted)
        return wanted if is_free else unique_slug(post, wanted, fallback=article.kind)

    def remember_address(self, article, post):
        """Let the permalink of there lead to the post here, where the site would not find it by itself."""
        try:
            path = unquote(urlsplit(article.address).path).strip("/")
        except ValueError:
            return
        if not path or len(path) > LONGEST["address"] or not path.isprintable():
            return
        native = (
            NATIVE_ADDRESS.fullmatch(path) if article.kind == Post.Kind.POST else re.fullmatch(r"(?:.*/)?([^/]+)", path)
        )
        if not native or native[1] != post.slug:
            self.former.append(Redirect(path=path, post_id=post.pk))

    def finish(self):
        """Do what needs all of them: parents, former addresses."""
        loops = on_a_loop({number: parent_number for _pk, _title, number, parent_number in self.children})
        for pk, title, number, parent_number in self.children:
            parent = self.by_number.get(parent_number)
            if parent and number not in loops:
                Post.objects.filter(pk=pk).update(parent=parent)
            else:
                self.result.note(_("Pages whose parent is missing or below themselves stand at the top"), title)
        Redirect.objects.bulk_create(self.former, 500, ignore_conflicts=True)


def address_of(attachment):
    host = f"http://{attachment.host}" if attachment.host else ""
    return f"{host}/wp-content/uploads/{quote(attachment.path)}"


def is_picture(attachment):
    return PurePosixPath(attachment.path).suffix.lower() in PICTURES
