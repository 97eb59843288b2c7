"""What is sent by mail about comments, and what its links do."""

from django.conf import settings

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"  # what stands for no EMAIL_URL


def is_sent() -> bool:
    """Whether mails leave this site. Where they do not, nothing is promised by mail."""
    return settings.EMAIL_BACKEND != NOWHERE
