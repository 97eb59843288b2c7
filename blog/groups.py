"""The groups a blog starts with, each with no more rights than its work needs."""

from django.contrib.auth.management import create_permissions

WRITING = ["view", "add", "change", "delete"]

# group: {model: rights}; a right with an underscore is a permission's whole name
GROUPS = {
    "Author": {"post": WRITING, "media": ["view", "add", "change"], "tag": ["view"], "category": ["view"]},
    "Editor": {
        "post": [*WRITING, "edit_others"],
        "page": WRITING,
        "relatedpost": WRITING,
        "category": WRITING,
        "tag": WRITING,
        "media": WRITING,
        "redirect": WRITING,
        "missingaddress": ["view", "delete"],
    },
}


def ensure_groups(app_config, groups):
    """Make the groups of an app, and give them their rights. What an administrator added stays."""
    from django.contrib.auth.models import Group, Permission  # not importable before all apps are ready

    # Django makes an app's permissions at the same moment, in no promised order.
    create_permissions(app_config, verbosity=0)
    for name, rights in groups.items():
        codenames = [
            right if "_" in right else f"{right}_{model}" for model, listed in rights.items() for right in listed
        ]
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_config.label, codename__in=codenames)
        )


def ensure_blog_groups(sender, **kwargs):
    ensure_groups(sender, GROUPS)
