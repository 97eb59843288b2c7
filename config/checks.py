"""What `manage.py check --deploy` says beyond Django."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def site_is_encrypted(app_configs, **kwargs):
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}: passwords, cookies and comments travel unencrypted.",
            hint="Put a proxy with a certificate in front and set SITE_URL=https://…; see docs/operators.md.",
            id="causerie.W001",
        )
    ]
