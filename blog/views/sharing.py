"""What stands behind a post that is passed on: its title card, and the way to somebody's Mastodon."""

import threading

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from blog import sharing
from blog.models import Post, SiteSettings

YEAR = 365 * 24 * 3600  # seconds
# One is drawn at a time, in 0.1 s: whoever asks for all of them at once does not keep the site from its readers.
DRAWING, LONGEST_WAIT = threading.Lock(), 1  # seconds


@require_safe
def card(request, pk, digest):
    """The title card of a post: drawn when somebody first asks, then a file. The address of an older one leads here."""
    post = get_object_or_404(Post.objects.published().only("title").prefetch_related("categories"), pk=pk)
    title_card = sharing.card_of(post, SiteSettings.current())
    if title_card.digest != digest:
        return redirect(sharing.card_path(post, title_card))
    name = stored(title_card, folder=f"cards/{post.pk}")
    if name is None:
        return HttpResponse(status=503, headers={"Retry-After": 10})
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def stored(title_card, *, folder):
    """Return the name of the card's file, drawn if need be; None while too many others wait to be drawn.

    Cards with older words leave the folder.
    """
    name = f"{folder}/{title_card.digest}.png"
    if default_storage.exists(name):
        return name
    if not DRAWING.acquire(timeout=LONGEST_WAIT):
        return None
    try:
        if not default_storage.exists(name):
            outdated = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
            default_storage.save(name, ContentFile(title_card.draw()))
            for file in outdated:
                default_storage.delete(f"{folder}/{file}")
    finally:
        DRAWING.release()
    return name


@require_safe
def mastodon(request, pk):
    """Ask on which server somebody has their Mastodon, then lead there.

    By a link and not by a redirect, so that no other site can use this address to hide where it leads.
    """
    post = get_object_or_404(Post.objects.published().posts(), pk=pk)
    asked = request.GET.get("server", "")
    server = sharing.mastodon_server(asked)
    address = sharing.mastodon_address(server, post) if server else ""
    context = {"post": post, "asked": asked, "server": server, "address": address}
    return render(request, "blog/mastodon.html", context, status=422 if asked and not server else 200)
