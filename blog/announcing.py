"""What apps that `blog` has never heard of want to hear of: that an author saved a post."""

from django.dispatch import Signal

# Sent with `post_id` after the transaction, whatever the post's state. Not for what moves in by the thousand.
saved = Signal()
