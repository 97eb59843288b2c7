"""The one way revisions are written, and how long they stay.

Who saves a post for a person calls `keep` (the desk does); imports and other writes of thousands do not, and lose
nothing: the text that a post has before somebody changes it is kept first, when no revision holds it yet.

How long: a revision with a note stays for ever. Of the others each post has its `MOST_SAVES` newest. An autosave goes
when its tab saves, when it is older than `AUTOSAVES_STAY`, and beyond the `MOST_AUTOSAVES` newest of its post (of one
person, for texts that were never saved). A save that changed no word makes none. So a post of 5 KB takes 100 KB at the
most, and 10,000 posts that are all rewritten fifty times 1 GB.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Post, Revision
from blog.models.revision import digest_of

MOST_SAVES = 50
MOST_AUTOSAVES = 10
AUTOSAVES_STAY = datetime.timedelta(days=30)


def keep_before(pk):
    """Keep the words that a post has in the database, unless its newest revision holds them. Call it before a save."""
    post = Post.objects.filter(pk=pk).only("kind", "updated_at", *Revision.WORDS).first()
    if post is None:
        return
    known = newest_digest(post)
    if known != digest_of(post):
        moment = post.updated_at if known is None else timezone.now()
        Revision.objects.create(post=post, created_at=moment, **words_of(post))


def keep(post, *, author=None, note=""):
    """Keep the words of a post that was just saved. Returns the revision, or None when no word and no note is new."""
    if newest_digest(post) == digest_of(post):
        if note:
            newest = saves(post).first()
            Revision.objects.filter(pk=newest.pk).update(note=note)
        return None
    revision = Revision.objects.create(post_id=post.pk, author=author, note=note, **words_of(post))
    beyond(saves(post).filter(note=""), MOST_SAVES).delete()
    return revision


def autosave(words, *, post, author, tab, kind=Post.Kind.POST):
    """Keep what is being written in one tab of one person; `post` is None for a text that was never saved.

    `words` has the names of `Revision.WORDS`. Returns the revision: the same one for as long as the tab writes.
    """
    values = {**words, "post_id": post and post.pk, "post_kind": post.kind if post else kind}
    values["created_at"] = timezone.now()
    revision, created = Revision.objects.update_or_create(
        author=author, tab=tab, kind=Revision.Kind.AUTOSAVE, defaults=values
    )
    if created:
        beyond(autosaves(post=post, author=author), MOST_AUTOSAVES).delete()
        from blog.tasks import plan_tidying

        transaction.on_commit(lambda: plan_tidying(), robust=True)
    return revision


def forget_tab(author, tab):
    """What was being written in this tab is saved now."""
    if tab:
        Revision.objects.filter(author=author, tab=tab, kind=Revision.Kind.AUTOSAVE).delete()


def forget_old_autosaves():
    Revision.objects.filter(kind=Revision.Kind.AUTOSAVE, created_at__lt=timezone.now() - AUTOSAVES_STAY).delete()


def restore(revision, *, author):
    """Give its post the words of a revision, as a save like any other."""
    post = Post.objects.select_for_update().get(pk=revision.post_id)
    keep_before(post.pk)
    for name in Revision.WORDS:
        setattr(post, name, getattr(revision, name))
    post.save()
    moment = timezone.localtime(revision.created_at)
    return keep(post, author=author, note=_("As it was on %(date)s") % {"date": f"{moment:%Y-%m-%d %H:%M}"})


def saves(post):
    return Revision.objects.filter(post_id=post.pk, kind=Revision.Kind.SAVE)


def autosaves(*, post, author):
    """Autosaves of a post, by anybody; of texts without a post, by one person."""
    found = Revision.objects.filter(kind=Revision.Kind.AUTOSAVE)
    return found.filter(post_id=post.pk) if post else found.filter(post=None, author=author)


def unsaved(*, post, author, kind):
    """Return the newest autosave of a person that is newer than the post and says something else, or None."""
    found = autosaves(post=post, author=author).filter(author=author, post_kind=kind)
    if post:
        found = found.filter(created_at__gt=post.updated_at).exclude(digest=digest_of(post))
    return found.defer("body").first()


def newest_digest(post):
    return saves(post).values_list("digest", flat=True).first()


def words_of(post):
    return {"post_kind": post.kind, **{name: getattr(post, name) for name in Revision.WORDS}}


def beyond(revisions, most):
    """Return those after the `most` first."""
    return Revision.objects.filter(pk__in=list(revisions.values_list("pk", flat=True)[most:]))
