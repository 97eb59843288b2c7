"""What a post or page was before: the list of its revisions, what each one changed, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Revision
from blog.models.revision import digest_of
from blog.revisions import keeping
from blog.revisions.comparing import abridged, compare

ON_A_PAGE = 100
LABELS = {"title": gettext_lazy("title"), "excerpt": gettext_lazy("excerpt"), "body": gettext_lazy("text")}


def differences(before, after):
    """Return [(label, pieces)] of the words that differ between two of: post, revision, None."""
    pairs = [(label, getattr(before, name, ""), getattr(after, name, "")) for name, label in LABELS.items()]
    normal = [(label, old.replace("\r\n", "\n"), new.replace("\r\n", "\n")) for label, old, new in pairs]
    return [(label, abridged(compare(old, new))) for label, old, new in normal if old != new]


class RevisionViews:
    """For the ModelAdmin of posts and pages. Who may see a post sees its revisions; who may change it, restores."""

    def get_urls(self):
        views = [
            ("<int:pk>/revisions/", self.revisions_view, "revisions"),
            ("<int:pk>/revisions/<int:revision_pk>/", self.revision_view, "revision"),
            ("<int:pk>/revisions/<int:revision_pk>/restore/", self.restore_view, "restore_revision"),
            ("<int:pk>/revisions/<int:revision_pk>/note/", self.note_view, "note_revision"),
            ("<int:pk>/revisions/<int:revision_pk>/drop/", self.drop_view, "drop_revision"),
            ("unsaved/<int:revision_pk>/drop/", self.drop_view, "drop_unsaved"),
        ]
        return [*self.named_paths(views), *super().get_urls()]

    def named_paths(self, views, wrap=None):
        """Return the URL patterns of (route, view, name), each name beginning with this model's."""
        wrap = wrap or self.admin_site.admin_view
        return [path(route, wrap(view), name=f"{self.address_name}_{name}") for route, view, name in views]

    @property
    def address_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def address(self, name, *args):
        return reverse(f"admin:{self.address_name}_{name}", args=args)

    def post_or_404(self, request, pk, *, to_change=False):
        post = self.get_object(request, str(pk))
        if post is None:
            raise Http404
        if not (self.has_change_permission if to_change else self.has_view_permission)(request, post):
            raise PermissionDenied
        return post

    def revision_or_404(self, request, pk, revision_pk, *, to_change=False):
        post = self.post_or_404(request, pk, to_change=to_change)
        revision = get_object_or_404(post.revisions.select_related("author"), pk=revision_pk)
        revision.post = post
        return revision

    def shown(self, request, template, post, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "post": post,
            "may_change": self.has_change_permission(request, post),
            "changelist_address": self.address("changelist"),
            "change_address": post and self.address("change", post.pk),
            **context,
        }
        return TemplateResponse(request, f"admin/blog/written/{template}", context)

    def revisions_view(self, request, pk):
        post = self.post_or_404(request, pk)
        revisions = post.revisions.defer("body", "excerpt").select_related("author")
        page = Paginator(revisions, ON_A_PAGE).get_page(request.GET.get("p"))
        newest = next((revision for revision in page if not revision.is_autosave), None) if page.number == 1 else None
        now = newest if newest and newest.digest == digest_of(post) else None
        title = _("Revisions: %(title)s") % {"title": post.title}
        return self.shown(request, "revisions.html", post, title, page=page, now=now, most=keeping.MOST_SAVES)

    def revision_view(self, request, pk, revision_pk):
        revision = self.revision_or_404(request, pk, revision_pk)
        post = revision.post
        with_now = revision.is_autosave or request.GET.get("with") == "now"
        earlier = keeping.saves(post).filter(created_at__lt=revision.created_at).first() if not with_now else None
        before, after = (
            (post, revision) if revision.is_autosave else (revision, post) if with_now else (earlier, revision)
        )
        return self.shown(
            request,
            "revision.html",
            post,
            _("Revision: %(title)s") % {"title": post.title},
            revision=revision,
            with_now=with_now,
            earlier=earlier,
            differences=differences(before, after),
            is_now=revision.digest == digest_of(post),
        )

    def restore_view(self, request, pk, revision_pk):
        revision = self.revision_or_404(request, pk, revision_pk, to_change=True)
        if request.method != "POST":
            return redirect(self.address("revision", pk, revision_pk))
        with transaction.atomic():
            keeping.restore(revision, author=request.user)
            self.log_change(request, revision.post, _("Restored an earlier revision."))
        self.message_user(request, _("This is the text as it was. What it replaced is kept too."), messages.SUCCESS)
        return redirect(self.address("change", pk))

    def note_view(self, request, pk, revision_pk):
        revision = self.revision_or_404(request, pk, revision_pk, to_change=True)
        if request.method == "POST":
            note = " ".join(request.POST.get("note", "").replace("\0", "").split())[:200]
            # A note makes a revision stay, so what was being written becomes one that was saved.
            kind = Revision.Kind.SAVE if note else revision.kind
            Revision.objects.filter(pk=revision.pk).update(note=note, kind=kind)
        return redirect(self.address("revisions", pk))

    def drop_view(self, request, revision_pk, pk=None):
        """Throw away what one was writing and never saved: one's own alone."""
        if pk is not None:
            self.post_or_404(request, pk, to_change=True)
        mine = Revision.objects.filter(kind=Revision.Kind.AUTOSAVE, author=request.user, post=pk, pk=revision_pk)
        if request.method == "POST":
            mine.delete()
        return redirect(self.address("change", pk) if pk else self.address("add"))
