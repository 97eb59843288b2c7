"""Putting another blog's things into this one: all of them, or nothing."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from blog.models import Post, SiteSettings
from comments import tasks
from transfer.records import Article, Attachment, Author, LeftOut, Mended, Site, Term
from transfer.result import Result
from transfer.writer.articles import Articles
from transfer.writer.conversations import Conversations
from transfer.writer.files import Files
from transfer.writer.people import People
from transfer.writer.terms import Terms

COMMENTS_AT_ONCE = 1000


def write(read, *, folder=None, dry_run=False, progress=lambda things, total: things) -> Result:
    """Write what `read()` yields (`transfer.records`) into the database and the media folder; return what was done.

    `read` is called twice: once to look through everything, so that an export that breaks off in its last line changes
    nothing and costs little, and once to write. `folder` holds the files, None when there are none. `progress` wraps
    what takes time; its second argument is how many there are, None where that is not known yet.

    All or nothing: whatever is raised leaves the database and the media folder as they were, and so does `dry_run`.
    """
    survey = look_through(progress(read(), None))
    result = Result(site=survey.site)
    people, terms = People(result), Terms(result)
    files = Files(folder, people, result, dry_run=dry_run)
    try:
        with transaction.atomic():
            transaction.on_commit(files.keep)
            articles = Articles(survey, people, terms, files, result)
            conversations = Conversations(people, result, highest_number=survey.highest_comment, dry_run=dry_run)
            write_site(survey.site)
            for author in survey.authors:
                people.add(author)
            terms.add_all(survey.terms)
            for attachment in progress(survey.attachments, len(survey.attachments)):
                files.add(attachment)
            for record in progress(read(), survey.records):
                if isinstance(record, Article):
                    post, is_new = articles.add(record)
                    if post:
                        conversations.add(post, record, is_new=is_new)
                elif isinstance(record, LeftOut):
                    result.left_out[record.what] += 1
                if conversations.waiting >= COMMENTS_AT_ONCE:
                    conversations.write()
            conversations.write()
            articles.finish()
            tell_of(survey, result)
            if result.added["posts"]:
                transaction.on_commit(Post.announce_all, robust=True)
            transaction.on_commit(lambda: tasks.ask_for_avatars(conversations.faces), robust=True)
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        files.take_back()
        raise
    return result


@dataclass
class Survey:
    """What must be known of an export before any of it is written."""

    site: Site = field(default_factory=Site)
    authors: list[Author] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    attached: dict[int, list[Attachment]] = field(default_factory=lambda: defaultdict(list))  # by the article's number
    by_number: dict[int, Attachment] = field(default_factory=dict)
    records: int = 0
    highest_comment: int = 0
    dropped_characters: int = 0


def look_through(records) -> Survey:
    survey = Survey()
    for record in records:
        survey.records += 1
        match record:
            case Site():
                survey.site = record
            case Author():
                survey.authors.append(record)
            case Term():
                survey.terms.append(record)
            case Attachment():
                survey.attachments.append(record)
                survey.attached[record.parent].append(record)
                survey.by_number.setdefault(record.number, record)
            case Article(comments=comments):
                numbers = [comment.number for comment in comments if comment.number]
                survey.highest_comment = max([survey.highest_comment, *numbers])
            case Mended(characters=characters):
                survey.dropped_characters = characters
    for attachments in survey.attached.values():
        attachments.sort(key=lambda attachment: (attachment.menu_order, attachment.number or 0))
    return survey


def write_site(site):
    """Give a blog that nobody has set up yet the title and tagline it had."""
    if site.title and not SiteSettings.objects.exists():
        SiteSettings(title=site.title[:200], tagline=site.tagline[:300]).save()


def tell_of(survey, result):
    if survey.dropped_characters:
        about = _("Control characters, which no text may hold, were dropped")
        result.note(about, _("%(count)d characters") % {"count": survey.dropped_characters})
