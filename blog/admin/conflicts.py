"""Nothing is overwritten silently: a form says which state of its post it was filled from."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Post, Revision
from blog.revisions import keeping

from .revisions import differences
from .writing import TAB, typed_words, version_of

LATELY = timezone.timedelta(minutes=10)


class ConflictViews:
    """For the ModelAdmin of posts and pages."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None or not object_id.isdecimal():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            Post.objects.select_for_update().filter(pk=object_id).first()  # two saves come one after the other
            post = self.get_object(request, object_id)
            if post and post.is_trashed:
                return self.too_late(request, post)
            version = request.POST.get("version")
            if post and version and version != version_of(post) and self.has_change_permission(request, post):
                return self.conflict(request, post)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def too_late(self, request, post):
        self.keep_typed_words(request, post)
        told = _("This text was put in the trash meanwhile. What you wrote is kept among its revisions.")
        self.message_user(request, told, messages.WARNING)
        return redirect(self.address("change", post.pk))

    def conflict(self, request, post):
        """Show both texts, and let the second to come choose."""
        mine = self.keep_typed_words(request, post)
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "version") and not name.startswith("_")
        ]
        act = next((name for name in request.POST if name.startswith("_")), "_continue")
        response = self.shown(
            request,
            "conflict.html",
            post,
            _("Two texts: %(title)s") % {"title": post.title},
            who_changed=self.who_changed(request, post),
            differences=differences(post, Revision(**(typed_words(request.POST) or {}))),
            mine=mine,
            sent=sent,
            act=act,
            version=version_of(post),
        )
        response.status_code = 409
        return response

    def keep_typed_words(self, request, post):
        """Keep the words that a request brings as an autosave, if it brings any. Returns the revision or None."""
        words = typed_words(request.POST) if "body" in request.POST else None
        if not words:
            return None
        tab = request.POST.get("tab", "")
        tab = tab if TAB.fullmatch(tab) else f"{timezone.now():%Y%m%d%H%M%S%f}"
        return keeping.autosave(words, post=post, author=request.user, tab=tab, kind=self.kind)

    def get_object(self, request, object_id, from_field=None):
        """The post; in the form of `?from=7` with the words of that revision, which nobody has saved yet."""
        post = super().get_object(request, object_id, from_field)
        match = request.resolver_match
        if post and request.method == "GET" and match and match.url_name == f"{self.address_name}_change":
            revision = post.revisions.filter(pk=self.taken_up(request)).first()
            for name in Revision.WORDS if revision else ():
                setattr(post, name, getattr(revision, name))
        return post

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        mine = keeping.autosaves(post=None, author=request.user).filter(pk=self.taken_up(request)).first()
        return {**initial, **({name: getattr(mine, name) for name in Revision.WORDS} if mine else {})}

    def taken_up(self, request):
        """Return the number of the revision whose words one goes on with, or None."""
        number = request.POST.get("from") or request.GET.get("from") or ""
        return int(number) if number.isdecimal() and len(number) < 18 else None

    def writing_context(self, request, post):
        """What the page one writes on shows and carries besides the form."""
        offered, others = None, []
        if request.method == "GET" and not self.taken_up(request) and not (post and post.is_trashed):
            offered = keeping.unsaved(post=post, author=request.user, kind=self.kind)
            if post:
                lately = keeping.autosaves(post=post, author=None).filter(created_at__gt=timezone.now() - LATELY)
                others = lately.exclude(author=request.user).select_related("author").defer("body")
        return {
            "version": request.POST.get("version") or version_of(post),
            "tab": request.POST.get("tab", ""),
            "taken_up": self.taken_up(request),
            "offered": offered,
            "others": others,
        }
