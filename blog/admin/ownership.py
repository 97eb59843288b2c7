"""Who may touch what: an Author their own, an Editor everything (`blog.edit_others`)."""


class OwnedAdmin:
    """For a ModelAdmin of things that have an owner: others' are not listed, changed or deleted."""

    owner_field = "author"

    def sees_all(self, request):
        return request.user.has_perm("blog.edit_others")

    def owns(self, request, obj):
        return obj is None or self.sees_all(request) or getattr(obj, f"{self.owner_field}_id") == request.user.pk

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if self.sees_all(request) else queryset.filter(**{self.owner_field: request.user})

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.owns(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.owns(request, obj)
