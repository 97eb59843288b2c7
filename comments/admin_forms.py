"""Forms of the moderators' pages."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments import announcing
from comments.decisions import decide
from comments.forms import MOST_CHARACTERS
from comments.models import Comment


class CommentForm(forms.ModelForm):
    """Mending a comment. It may stay as long as it came from another blog, and grow no longer."""

    def clean_body(self):
        body = self.cleaned_data["body"]
        most = max(MOST_CHARACTERS, len(self.instance.body))
        if len(body) > most:
            words = gettext("A comment holds at most %(most)d characters; this has %(count)d.")
            raise forms.ValidationError(words, params={"most": most, "count": len(body)})
        return body


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=_("Your reply"),
        validators=[MaxLengthValidator(MOST_CHARACTERS)],
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField", "autofocus": True}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    @transaction.atomic
    def save(self, answered, user):
        """Publish `user`'s reply to the comment `answered`, which is approved if it was not.

        Returns the reply and the decision, by which both can be undone.
        """
        decision = decide(Comment.objects.filter(pk=answered.pk), Comment.Status.APPROVED, by=user)
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
        if decision.count:
            decision.reply = reply
            decision.save(update_fields=["reply"])
        return reply, decision


class ChosenForm(forms.Form):
    """Which comments a moderator decides on at once."""

    MOST = 500  # as many as a page of the list may hold, twice

    comments = forms.CharField(max_length=10_000)

    def clean_comments(self):
        try:
            chosen = [int(pk) for pk in self.cleaned_data["comments"].split(",")]
        except ValueError:
            raise forms.ValidationError(gettext("These are no comments.")) from None
        if len(chosen) > self.MOST or any(not 0 < pk < 2**63 for pk in chosen):
            words = ngettext("At most %(most)d comment at once.", "At most %(most)d comments at once.", self.MOST)
            raise forms.ValidationError(words, params={"most": self.MOST})
        return chosen
