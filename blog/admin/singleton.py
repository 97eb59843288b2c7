"""Settings that exist once: no list, nothing to add, nothing to delete."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse


class SingletonAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        return self.model.load()

    def changelist_view(self, request, extra_context=None):
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=["1"]))
