"""The blog's own words, for whoever misspelt one. Written by `blog.search`, which keeps its index beside."""

from django.db import models


class KnownWord(models.Model):
    """A word of a published text, as it is written there in small letters."""

    spelling = models.CharField(max_length=64, primary_key=True)
    word = models.CharField(max_length=64)  # as it is compared: `blog.search.words.fold`
    sound = models.CharField(max_length=64, db_index=True)  # `blog.search.spelling.sound`

    def __str__(self):
        return self.spelling
