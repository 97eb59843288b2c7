"""Those who change the code look at the site with `make dev`."""

from tests.project.serving import DevelopmentServer


def test_pages_and_their_style_are_served_as_they_are_on_disk(site):
    with DevelopmentServer(site) as server:
        page = server.get("/")
        assert page.status == 200
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert b'href="/static/css/causerie.css"' in page.content
        style = server.get("/static/css/causerie.css")
        assert style.status == 200
        assert "immutable" not in style.headers["Cache-Control"]
        assert server.get("/static/admin/css/base.css").status == 200
        assert server.get("/nowhere/").status == 404
    assert "Traceback" not in server.log.read_text()
