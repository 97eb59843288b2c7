from django.contrib.admin.widgets import AutocompleteSelect


class Chooser(AutocompleteSelect):
    """Django's chooser, which also shows a form again whose number is none: nobody but a program sends one."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


def is_key(key) -> bool:
    return len(str(key)) < 19 and str(key).isascii() and str(key).isdigit()


class ChoosesByNumber:
    """For a ModelAdmin or an inline: each of its `autocomplete_fields` is a `Chooser`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Chooser(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
