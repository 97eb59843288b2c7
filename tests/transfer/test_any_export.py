"""Whatever an export's fields hold, it comes in."""

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Category, Post, Tag, User
from comments.models import Comment
from tests.transfer import wxr

pytestmark = pytest.mark.django_db

WORDS = """
    0 1 2 -1 ² 999999999999999999 999999999999999999999999999999 %00 %ed%a0%80 &#0; &#xD800; \x00 \ud7ff <b> zoe
    http://[ http://x.example/../../etc/passwd http://é.example:99999/ javascript:alert(1) a@b é@é.é
    fe80::1%eth0 ::ffff:1.2.3.4 archive feed page 2011 spam trash pingback [gallery]
    post page attachment publish private future draft category post_tag
""".split()
SENTENCES = ["", "a" * 3000, "[gallery ids=1,2]", "un mot", "1001-01-01 00:00:00", "2998-12-31 23:59:59",
             "0000-00-00 00:00:00", "2011-03-27 02:30:00"]  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from([*WORDS, *SENTENCES])
ITEM = (
    "title link pubDate creator guid content excerpt post_id post_date post_date_gmt post_modified_gmt comment_status "
    "post_name status post_parent menu_order post_type post_password attachment_url"
).split()
COMMENT = (
    "comment_id comment_author comment_author_email comment_author_url comment_author_IP comment_date comment_date_gmt "
    "comment_content comment_approved comment_type comment_parent comment_user_id"
).split()


def some(names):
    return st.dictionaries(st.sampled_from(names), TEXT, max_size=4)


ITEMS = st.builds(
    lambda number, fields, comments, terms, meta: wxr.item(
        number,
        **fields,
        terms=terms,
        meta=meta,
        comments=[wxr.comment(n, **told) for n, told in enumerate(comments, 1)],
    ),
    st.integers(1, 3),
    some(ITEM),
    st.lists(some(COMMENT), max_size=3),
    st.lists(st.tuples(st.sampled_from(["category", "post_tag", "serie"]), TEXT, TEXT), max_size=2).map(
        lambda terms: [(kind, slug.translate(NOT_IN_ATTRIBUTES), name) for kind, slug, name in terms]
    ),
    some(["_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt"]),
)
NOT_IN_ATTRIBUTES = {ord(character): None for character in '"<&'}
AUTHORS = st.lists(st.builds(wxr.author, login=TEXT, email=TEXT, name=TEXT, number=TEXT), max_size=2)
TERMS = st.lists(
    st.builds(wxr.category, TEXT, TEXT, parent=TEXT, description=TEXT) | st.builds(wxr.tag, TEXT, TEXT), max_size=3
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(authors=AUTHORS, terms=TERMS, items=st.lists(ITEMS, max_size=4), title=TEXT, tagline=TEXT)
def test_no_text_in_any_field_stops_an_import_or_comes_in_twice(
    client, tmp_path, authors, terms, items, title, tagline
):
    file = tmp_path / "export.xml"
    file.write_text(wxr.export(*terms, *items, authors=authors, title=title, tagline=tagline), "utf-8")
    models = (User, Category, Tag, Post, Comment)
    with transaction.atomic():
        call_command("import_wordpress", file, media=tmp_path, verbosity=0)
        counts = [model.objects.count() for model in models]
        call_command("import_wordpress", file, media=tmp_path, verbosity=0)
        assert [model.objects.count() for model in models] == counts
        for thing in [*Post.objects.all(), *Comment.objects.all(), *Category.objects.all(), *Tag.objects.all()]:
            assert thing.get_absolute_url().startswith("/")
        for post in Post.objects.published():
            assert client.get(post.get_absolute_url()).status_code == 200
        assert client.get("/").status_code == 200
        transaction.set_rollback(True)
