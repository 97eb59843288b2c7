from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["username", "public_name", "email", "is_staff"]
    fieldsets = [*UserAdmin.fieldsets, (_("Author page"), {"fields": ["display_name", "slug", "biography", "website"]})]

    @admin.display(description=_("public name"))
    def public_name(self, person):
        return person.public_name
