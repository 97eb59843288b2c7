"""Telling the pages that a post links to. https://www.w3.org/TR/webmention/#sending-webmentions

What was told is kept, so that a page whose link was taken out hears of it once more, and nobody hears of a change that
was none.
"""

import hashlib
from urllib.parse import urldefrag, urlencode, urljoin

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blog.models import Post
from comments.models import LONGEST_ADDRESS, SentMention
from comments.voices import discovery, entries, markup, targets, verification
from comments.voices.fetching import Answer, FetchError, Refused, Unreachable, fetch

MOST_LINKS = 100  # of one post: what a person writes


def links_of(post: Post) -> list[str]:
    """Return the pages of other sites that a post links to, each once, as they stand in it."""
    page = settings.SITE_URL + post.get_absolute_url()
    found = {}
    for element in markup.parse(post.html).elements():
        address = element.attributes.get("href") if element.name == "a" else element.attributes.get("cite")
        url = entries.web_address(page, address or "")
        if url and not targets.is_ours(url) and len(url) <= LONGEST_ADDRESS:
            found.setdefault(url)
    return list(found)[:MOST_LINKS]


def digest_of(post: Post) -> str:
    return hashlib.sha256(f"{post.get_absolute_url()}\n{post.title}\n{post.html}".encode()).hexdigest()


@transaction.atomic
def plan(post: Post) -> list[SentMention]:
    """Return what has to be told now of a post: its links, old and new, when it changed; and those that are gone."""
    Post.objects.select_for_update().get(pk=post.pk)
    digest = digest_of(post) if post.is_live else "withdrawn"
    linked = links_of(post) if post.is_live else []
    kept = {mention.target: mention for mention in post.sent_mentions.all()}
    due = []
    for target in linked:
        mention = kept.get(target) or SentMention(post=post, target=target)
        if mention.digest != digest or mention.status == SentMention.Status.WAITING:
            mention.is_removed = False
            due.append(mention)
    for target, mention in kept.items():
        if target not in linked and not mention.is_removed and mention.status != SentMention.Status.UNHEARD:
            mention.is_removed = True
            due.append(mention)
    for mention in due:
        mention.digest, mention.status = digest, SentMention.Status.WAITING
        mention.save()
    return due


def tell(source: str, target: str) -> tuple[str, str]:
    """Tell `target` of a link from `source`; return what became of it: (a SentMention.Status, a note).

    Raises `Unreachable` where another try may help.
    """
    try:
        page = fetch(target, accept=verification.HTML)
        endpoint = discovery.endpoint_of(page)
        if endpoint is None:
            if page.status in (429, *range(500, 600)):
                raise Unreachable(f"status {page.status}")
            return SentMention.Status.UNHEARD, "" if page.is_good else f"{page.status}"
        answer = post_to(endpoint, source, target)
    except Refused as refusal:
        return SentMention.Status.FAILED, str(refusal)
    if answer.is_good or answer.status == 303:
        return SentMention.Status.SENT, f"{answer.status}"
    if answer.status == 429 or answer.status >= 500:
        raise Unreachable(f"status {answer.status}")
    return SentMention.Status.FAILED, f"{answer.status}"


def post_to(endpoint: str, source: str, target: str) -> Answer:
    data = urlencode({"source": source, "target": target}).encode()
    return fetch(urldefrag(urljoin(target, endpoint)).url, data=data)


def send(mention: SentMention) -> None:
    """Tell one page, and keep what it answered. Raises `Unreachable`."""
    source = settings.SITE_URL + mention.post.get_absolute_url()
    try:
        status, note = tell(source, mention.target)
    except FetchError as error:
        SentMention.objects.filter(pk=mention.pk).update(note=str(error)[:300], told_at=timezone.now())
        raise
    values = {"status": status, "note": note[:300], "told_at": timezone.now()}
    SentMention.objects.filter(pk=mention.pk).update(**values)
