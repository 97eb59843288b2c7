"""From "that page links to yours" to a comment that is judged like any other."""

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from blog.models import Post
from blog.rendering import printable
from comments import announcing, closing, links, moderation, people, rendering, submission, tasks, watchlists
from comments.decisions import decide
from comments.models import Avatar, Comment, DiscussionSettings, Voice
from comments.models.comment import lock
from comments.spam.tasks import ask_akismet
from comments.voices import entries, targets, verification
from comments.voices.entries import Entry
from comments.voices.fetching import Answer, Refused, Unreachable, fetch

GONE = (404, 410)
LONGEST_WEBSITE = 500  # characters: `Comment.url`


class Unwanted(Exception):
    """The site does not take this. The words say why, for whoever sent it."""


def check(source: str, target: str) -> Post:
    """Return the post that `target` means, where it may be mentioned by `source`. Raises `Unwanted`.

    https://www.w3.org/TR/webmention/#request-verification. Nothing is fetched here: somebody waits.
    """
    for address in (source, target):
        if not entries.web_address("", address):
            raise Unwanted(_("Source and target must be web addresses."))
    if source.partition("#")[0] == target.partition("#")[0]:
        raise Unwanted(_("Source and target are the same page."))
    if targets.is_ours(source):
        raise Unwanted(_("The source is a page of this site."))
    if len(source) > Voice._meta.get_field("source").max_length or len(target) > LONGEST_WEBSITE:
        raise Unwanted(_("These addresses are too long."))
    discussion = DiscussionSettings.load()
    if not discussion.receives_mentions:
        raise Unwanted(_("This site takes no mentions."))
    found = targets.find(target)
    if found is None:
        raise Unwanted(_("The target is no post of this site."))
    post = found[0]
    if not closing.is_open(post, discussion) and not known(post, source):
        raise Unwanted(_("Comments on this are closed now."))
    return post


def known(post: Post, source: str) -> Voice | None:
    """Return what is kept of `source` below `post`; a pingback that moved in from WordPress becomes a voice."""
    if found := Voice.objects.filter(post=post, source=source).select_related("comment").first():
        return found
    kinds = (Comment.Kind.PINGBACK, Comment.Kind.TRACKBACK)
    moved_in = post.comments.filter(kind__in=kinds, url=source, voice=None).first()
    if moved_in is None:
        return None
    return Voice.objects.get_or_create(comment=moved_in, defaults={"post": post, "source": source, "target": ""})[0]


def look(source: str, target: str) -> Entry | None:
    """Fetch `source` and return what it says about `target`; None where it is gone, or does not link there (any more).

    Raises `Refused` or `Unreachable`.
    """
    answer = fetch(source, accept=verification.KINDS)
    if answer.status in GONE:
        return None
    if not answer.is_good:
        failure = Unreachable if answer.status in (429, *range(500, 600)) else Refused
        raise failure(f"status {answer.status}")
    if answer.content_type not in verification.KINDS:
        raise Refused(f"its kind is {answer.content_type[:60] or 'unknown'}")
    return entry_of(answer, target)


def entry_of(answer: Answer, target: str) -> Entry | None:
    if not verification.links_to(answer.content_type, answer.text, answer.url, target):
        return None
    if answer.content_type not in verification.HTML:
        return Entry("mention")
    return entries.read(answer.text, answer.url, target)


def take_in(entry: Entry | None, source: str, target: str, *, kind: str, ip: str | None) -> Comment | None:
    """Keep what `source` says as a comment, new or changed; take it away where it says nothing. Return the comment."""
    found = targets.find(target)
    if found is None:
        return None
    post, answered = found
    with transaction.atomic():
        lock([post.pk])  # of two at once, the second finds the first
        voice = known(post, source)
        if entry is None:
            return silence(voice) if voice else None
        if voice is None:
            if not closing.is_open(post, DiscussionSettings.load()):
                return None
            comment = Comment(post=post, parent=answered, kind=kind, ip=ip)
            return publish(comment, Voice(post=post, source=source), entry, target)
        if voice.comment.status == Comment.Status.SPAM or (
            voice.comment.status == Comment.Status.TRASH and voice.gone_at is None
        ):
            return voice.comment  # a moderator has decided
        return change(voice, entry, target)


def publish(comment: Comment, voice: Voice, entry: Entry, target: str) -> Comment:
    fill(comment, voice, entry, target)
    verdict = judge(comment, voice)
    comment.status = Comment.Status.APPROVED if verdict.approved else Comment.Status.PENDING
    if verdict.blocked:
        comment.status, comment.looks_like_spam = Comment.Status.SPAM, True
    comment.reason, comment.held_for = " ".join(verdict.reasons)[: submission.MOST_REASONS], " ".join(verdict.causes)
    asks_akismet = bool(DiscussionSettings.load().akismet_key) and not verdict.blocked
    if asks_akismet and verdict.approved:
        comment.status, comment.reason = Comment.Status.PENDING, _("Akismet is being asked.")
    comment.save()
    voice.comment = comment
    voice.save()
    tasks.ask_for_avatar(comment)
    if asks_akismet:
        transaction.on_commit(lambda: ask_akismet.enqueue(comment.pk, verdict.approved))
    else:
        announcing.came_in(comment)
    return comment


def change(voice: Voice, entry: Entry, target: str) -> Comment:
    """Give a known voice what its source says now. Other words are judged anew, and an edit never approves."""
    comment, came_back = voice.comment, voice.gone_at is not None
    before = (comment.name, comment.url, comment.body, voice.gesture)
    fill(comment, voice, entry, target)
    voice.checked_at, voice.gone_at = timezone.now(), None
    if came_back or before != (comment.name, comment.url, comment.body, voice.gesture):
        comment.edited_at = timezone.now()
        verdict = judge(comment, voice)
        if came_back or not verdict.approved:
            was, comment.status = comment.status, Comment.Status.PENDING
            comment.reason = " ".join(verdict.reasons)[: submission.MOST_REASONS] or _("It had been taken out.")
            comment.held_for = " ".join(verdict.causes)
            if verdict.blocked:
                comment.status, comment.looks_like_spam = Comment.Status.SPAM, True
            elif was != Comment.Status.PENDING:
                announcing.came_in(comment)
    comment.save()
    voice.save()
    tasks.ask_for_avatar(comment)
    return comment


def silence(voice: Voice) -> Comment:
    """The source is gone, or links here no more: readers see it no more, and moderators find it in the trash."""
    voice.checked_at = voice.gone_at = timezone.now()
    voice.save()
    shown = Comment.objects.filter(pk=voice.comment_id, status__in=(Comment.Status.APPROVED, Comment.Status.PENDING))
    if decide(shown, Comment.Status.TRASH).count:
        Comment.objects.filter(pk=voice.comment_id).update(reason=_("Its page is gone, or links here no more."))
    voice.comment.refresh_from_db()
    return voice.comment


def fill(comment: Comment, voice: Voice, entry: Entry, target: str) -> None:
    """Put what a page says into its comment, as clean as what is typed into the form."""
    comment.name = readable(entry.name) or links.host_of(voice.source)
    comment.url = entry.url if 0 < len(entry.url) <= LONGEST_WEBSITE else ""
    gesture = Voice.Gesture(entry.gesture)
    words = printable(entry.words).replace("\ufffd", "").strip()
    # Kept as words, so that feeds, mails and the moderators' list say it too.
    comment.body = words or f"{gesture.label}."
    voice.gesture, voice.target = gesture, target
    voice.published_at = date_of(entry.published, comment.post)
    comment.avatar = Avatar.at(entry.photo) if entry.photo else None


def readable(name: str) -> str:
    return " ".join(people.TURNS.sub("", rendering.calm(printable(name).replace("\ufffd", ""))).split())[:100]


def date_of(text: str, post: Post) -> datetime.datetime | None:
    """Return when a page says that it was written, where that can be true."""
    try:
        found = parse_datetime(text.strip()) or parse_date(text.strip())
        if found is not None and not isinstance(found, datetime.datetime):
            found = datetime.datetime.combine(found, datetime.time(12))
        if found is not None and timezone.is_naive(found):
            found = timezone.make_aware(found)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and post.date <= found <= timezone.now() else None


def judge(comment: Comment, voice: Voice) -> moderation.Verdict:
    """Judge a voice as a visitor's comment is judged. Nobody gave an address: whom one knows, one knows by their site.

    A page may name any author, so their address counts only together with the host that says so.
    """
    facts = submission.facts_of(comment)
    host = links.host_of(voice.source)
    of_the_host = [f"{scheme}://{www}{host}/" for scheme in ("https", "http") for www in ("", "www.")]
    earlier = Voice.objects.filter(comment__status=Comment.Status.APPROVED, comment__url=comment.url)
    earlier = earlier.exclude(comment=comment.pk).values_list("source", flat=True)[:200]
    known_there = bool(comment.url) and any(source.startswith(tuple(of_the_host)) for source in earlier)
    discussion = DiscussionSettings.load()
    subject = watchlists.Subject(comment.name, url=f"{comment.url} {voice.source}", body=comment.body, ip=comment.ip)
    return moderation.judge(
        dataclasses.replace(
            facts,
            approved_before=known_there,
            claims_staff_address=False,
            trusted=False,
            held_by=watchlists.first_match(watchlists.entries(discussion.held), subject),
            blocked_by=watchlists.first_match(watchlists.entries(discussion.blocked), subject),
        )
    )
