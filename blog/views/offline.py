"""What lets readers read again without a network. The author may turn it off; browsers then take it out again."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.models import SiteSettings


@require_safe
def service_worker(request):
    """The script that keeps pages in a reader's browser, or the one that undoes it.

    At the root, since a service worker may answer only for what stands below its own address. Browsers ask for it
    again at each visit, past their caches, so a new one (or its end) reaches everybody.
    """
    name = "service-worker" if SiteSettings.load().kept_for_offline else "service-worker-gone"
    return render(request, f"blog/{name}.js", content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request):
    """What a browser shows, from its own store, where there is no network and the page was never read."""
    return render(request, "blog/offline.html")
