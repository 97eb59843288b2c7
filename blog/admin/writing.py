"""What the page one writes on asks the server for while one writes. Answers are JSON or pieces of HTML.

A session that ended answers 401 with where to log in, never a redirect: the page tells the writer, who logs in
elsewhere and goes on. Logging in changes the CSRF token, so the page can ask for its new one.
"""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from blog import rendering, uploads
from blog.models import Media, Post, Revision
from blog.revisions import keeping

from .post_form import MOST_CHARACTERS
from .related import offered_to
from .revisions import differences

MOST_TARGETS = 12
TAB = re.compile(r"[0-9a-f]{8,32}")


def version_of(post):
    """Return what a form carries to say which state of the post it was filled from."""
    return post.updated_at.isoformat() if post else ""


def typed_words(data):
    """Return the words that a form of a post sends, by the names of `Revision.WORDS`; None when they are too many."""
    words = {name: data.get(name, "").replace("\0", "").replace("\r\n", "\n") for name in Revision.WORDS}
    if words["body_format"] not in Post.Format:
        words["body_format"] = Post.Format.MARKDOWN
    if max(map(len, words.values())) > MOST_CHARACTERS:
        return None
    return words


def refusal(words, status, **more):
    return JsonResponse({"error": words, **more}, status=status)


class WritingViews:
    """For the ModelAdmin of posts and pages."""

    def get_urls(self):
        scripts = [
            ("session/", self.session_view, "session"),
            ("autosave/", self.autosave_view, "autosave"),
            ("<int:pk>/autosave/", self.autosave_view, "autosave"),
            ("compare/", self.compare_view, "compare"),
            ("<int:pk>/compare/", self.compare_view, "compare"),
            ("rendering/", self.rendering_view, "rendering"),
            ("<int:pk>/rendering/", self.rendering_view, "rendering"),
            ("link-targets/", self.link_targets_view, "link_targets"),
            ("picture/", self.picture_view, "picture"),
        ]
        return [*self.named_paths(scripts, self.for_scripts), *super().get_urls()]

    def for_scripts(self, view):
        """Wrap a view that a script asks: refusals are JSON, and nothing is kept by a browser."""

        def checked(request, *args, **kwargs):
            if not self.admin_site.has_permission(request):
                login = f"{reverse('admin:login')}?next={self.address('changelist')}"
                return refusal(_("You are no longer logged in."), 401, login=login)
            if not (self.has_add_permission(request) or self.has_view_permission(request)):
                return refusal(_("You may not write here."), 403)
            return view(request, *args, **kwargs)

        return never_cache(checked)

    def session_view(self, request):
        """Who is logged in, and the token that their forms need now."""
        return JsonResponse({"person": request.user.pk, "token": get_token(request)})

    def autosave_view(self, request, pk=None):
        """Keep what is being written, and tell whether the post changed meanwhile. The post itself stays as it is."""
        if request.method != "POST":
            return refusal("POST", 405)
        post, problem = self.written_post(request, pk)
        if problem:
            return problem
        words, tab = typed_words(request.POST), request.POST.get("tab", "")
        if words is None:
            most = {"most": f"{MOST_CHARACTERS:,}"}
            return refusal(_("This text is too long to be kept: %(most)s characters are possible.") % most, 400)
        if not TAB.fullmatch(tab):
            return refusal("tab", 400)
        revision = keeping.autosave(words, post=post, author=request.user, tab=tab, kind=self.kind)
        answer = {"saved": timezone.localtime(revision.created_at).strftime("%H:%M:%S")}
        if post and request.POST.get("version", version_of(post)) != version_of(post):
            answer["changed"] = self.who_changed(request, post)
            answer["compare"] = self.address("revision", post.pk, revision.pk)
        return JsonResponse(answer)

    def written_post(self, request, pk):
        """Return (post or None for a new one, None), or (None, the refusal)."""
        if pk is None:
            allowed = self.has_add_permission(request)
            return None, None if allowed else refusal(_("You may not write here."), 403)
        post = self.get_object(request, str(pk))
        if post is None:
            return None, refusal(_("This text is not there any more. Your words are kept in this browser."), 404)
        # What is typed is kept even where it cannot be saved: somebody put the post in the trash meanwhile.
        if not (post.is_trashed or self.has_change_permission(request, post)):
            return None, refusal(_("You may not change this text."), 403)
        return post, None

    def who_changed(self, request, post):
        """Return in words that the post is not what this form was filled from."""
        if post.is_trashed:
            return _("This text was put in the trash meanwhile. What you write is kept among its revisions.")
        newest = keeping.saves(post).select_related("author").first()
        time = timezone.localtime(post.updated_at).strftime("%H:%M")
        if newest is None or newest.author is None:
            return _("This text was changed at %(time)s, after you opened it.") % {"time": time}
        if newest.author == request.user:
            return _("You saved this text elsewhere at %(time)s, after you opened it here.") % {"time": time}
        told = _("%(name)s saved this text at %(time)s, after you opened it.")
        return told % {"name": newest.author.public_name, "time": time}

    def compare_view(self, request, pk=None):
        """The difference between the post and what a browser kept, as a piece of HTML."""
        post, problem = self.written_post(request, pk)
        if problem or request.method != "POST":
            return problem or refusal("POST", 405)
        words = typed_words(request.POST)
        if words is None:
            return refusal(_("This text is too long to be compared."), 400)
        context = {"differences": differences(post, Revision(**words))}
        return render(request, "admin/blog/written/_differences.html", context)

    def rendering_view(self, request, pk=None):
        """A page that shows a text as readers will see it. Its scripts and policy are those of the page around it."""
        post, problem = self.written_post(request, pk)
        if problem or request.method != "POST":
            return problem or refusal("POST", 405)
        words = typed_words(request.POST)
        if words is None:
            return refusal(_("This text is too long to be shown."), 400)
        language = request.POST.get("language", "")
        shown = Post(language=language if language in ("fr", "en") else "", kind=self.kind, **words)
        shown.html = rendering.render(
            shown.body,
            shown.body_format,
            language=shown.lang,
            find_media=Media.find,
            lead_id=post.lead_picture_id if post else None,
        ).html
        return render(request, "admin/blog/written/rendering.html", {"post": shown})

    def link_targets_view(self, request):
        """Posts and pages whose titles hold the words asked for: what one may link to."""
        asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
        mine = offered_to(request) | Post.objects.pages().published()
        found = mine.exclude(status=Post.Status.TRASH).filter(*(Q(title__icontains=word) for word in asked.split()))
        found = (
            found.select_related("parent")
            .order_by("-published_at", "-pk")
            .only("title", "slug", "kind", "status", "published_at", "created_at", "parent")
        )
        targets = [
            {
                "title": post.title,
                "address": post.get_absolute_url(),
                "state": ""
                if post.is_live
                else str(_("scheduled") if post.is_scheduled else post.get_status_display()),
            }
            for post in found[:MOST_TARGETS]
        ]
        return JsonResponse({"targets": targets})

    def picture_view(self, request):
        """Take a picture in, by the one way files get in; answer the Markdown address it has."""
        if request.method != "POST":
            return refusal("POST", 405)
        if not request.user.has_perm("blog.add_media"):
            return refusal(_("You may not add pictures."), 403)
        upload = request.FILES.get("picture")
        if upload is None:
            return refusal(_("No picture came with this."), 400)
        if upload.size > uploads.MOST_BYTES:
            return refusal(_("Larger than %(limit)s MB.") % {"limit": uploads.MOST_BYTES // 1024**2}, 400)
        words = {name: " ".join(request.POST.get(name, "").replace("\0", "").split()) for name in ("alt", "caption")}
        try:
            prepared = uploads.prepare(upload.name, upload.read())
            if "width" not in prepared[2]:
                return refusal(_("“%(name)s” is not a picture.") % {"name": upload.name}, 400)
            media = uploads.store(upload.name, prepared, uploaded_by=request.user, **words)
        except ValidationError as error:
            return refusal(" ".join(error.messages), 400)
        return JsonResponse({"address": media.file.url, "alt": media.alt, "caption": media.caption})
