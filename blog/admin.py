"""The author's desk."""

from django.contrib import admin

from blog.models import Page, Post

admin.site.register([Post, Page])
