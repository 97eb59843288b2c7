"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe

ALL = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def faults(page):
    """Return what axe finds by day, and what of the colours it finds by night, in words.

    Django's own chooser (select2) names its field by what is chosen, so an empty one has no name: not ours.
    """
    found = []
    for theme, options in (("light", ALL), ("dark", COLOURS)):
        page.emulate_media(color_scheme=theme)
        for fault in Axe().run(page, options=options).response["violations"]:
            elements = [node["html"] for node in fault["nodes"] if "select2-selection" not in node["html"]]
            if elements:
                found.append(f"{page.url} ({theme}) {fault['id']}: {elements}")
    page.emulate_media(color_scheme="light")
    return found
