"""What is kept about commenters: the notice, and how to ask."""

from django import forms
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments import mail, privacy
from comments.avatars import email_hash
from comments.mail import letters, tasks
from comments.models import DiscussionSettings
from comments.views import came_from_here

ONE_MAIL_EVERY = 3600  # seconds, to one address


class AskForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))


@require_safe
def notice(request):
    """The privacy notice, with what is true of this site's settings."""
    return render(
        request, "comments/privacy.html", {"discussion": DiscussionSettings.load(), "sends_mail": mail.is_sent()}
    )


@csrf_exempt  # as the comment form: see `comments.views.came_from_here`
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Send a link to all that is kept about an address, to that address. The answer never tells whether it is known."""
    form = AskForm(request.POST or None)
    sent = False
    if request.method == "POST":
        if not came_from_here(request):
            return HttpResponse(status=403)
        if form.is_valid():
            email = form.cleaned_data["email"].lower()
            known = mail.is_sent() and privacy.comments_of(email).exists()
            if known and cache.add(f"my-data:{email_hash(email)}", True, ONE_MAIL_EVERY):
                tasks.deliver.enqueue(letters.my_data(email))
            sent = mail.is_sent()
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "sent": sent, "sends_mail": mail.is_sent()}
    return render(request, "comments/my_data.html", context, status=status)
