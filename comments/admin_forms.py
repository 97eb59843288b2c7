"""Forms of the moderators' pages."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comments import announcing
from comments.decisions import decide
from comments.forms import MOST_CHARACTERS
from comments.models import Comment


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=_("Your reply"),
        validators=[MaxLengthValidator(MOST_CHARACTERS)],
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField", "autofocus": True}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    @transaction.atomic
    def save(self, answered, user):
        """Publish `user`'s reply to the comment `answered`, which is approved if it waited."""
        decide(Comment.objects.waiting().filter(pk=answered.pk), Comment.Status.APPROVED)
        reply = Comment.objects.create(
            post=answered.post,
            parent=answered,
            name=user.public_name,
            email=user.email,
            url=user.website,
            user=user,
            body=self.cleaned_data["body"],
            status=Comment.Status.APPROVED,
        )
        announcing.published([reply.pk])
        return reply
