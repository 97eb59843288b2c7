"""Made-up WordPress exports."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>{title}</title>
  <link>{address}</link>
  <description>{tagline}</description>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:base_blog_url>{address}</wp:base_blog_url>
"""


def export(*things, title="Le Merle", tagline="Chants du soir", address="http://merle.example", authors=None):
    """Return the text of an export that holds `things`, each already XML."""
    head = HEAD.format(title=escape(title), tagline=escape(tagline), address=escape(address))
    return head + "\n".join([*([author()] if authors is None else authors), *things]) + "\n</channel>\n</rss>\n"


def cdata(text):
    return "<![CDATA[" + str(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def elements(fields):
    return "\n".join(f"<{name}>{cdata(text)}</{name}>" for name, text in fields.items())


def author(login="zoe", email="zoe@merle.example", name="Zoé", number=1):
    fields = {
        "wp:author_id": number,
        "wp:author_login": login,
        "wp:author_email": email,
        "wp:author_display_name": name,
    }
    return f"<wp:author>{elements(fields)}</wp:author>"


def category(slug, name, *, parent="", description=""):
    fields = {
        "wp:category_nicename": slug,
        "wp:category_parent": parent,
        "wp:cat_name": name,
        "wp:category_description": description,
    }
    return f"<wp:category>{elements(fields)}</wp:category>"


def tag(slug, name):
    return f"<wp:tag>{elements({'wp:tag_slug': slug, 'wp:tag_name': name})}</wp:tag>"


def item(number, *, terms=(), meta=None, comments=(), host="http://merle.example", **fields):
    """Return an item; `fields` are its elements, of the name space wp where they have no other."""
    number = number or ""
    date = fields.pop("date", "2011-10-27 07:30:00")
    known = {
        "title": f"Title {number}",
        "link": f"{host}/2011/10/27/post-{number}/",
        "creator": "zoe",
        "guid": f"{host}/?p={number}",
        "content": "A text.",
        "excerpt": "",
        "post_id": number,
        "post_date": date,
        "post_date_gmt": date,
        "comment_status": "open",
        "post_name": f"post-{number}",
        "status": "publish",
        "post_parent": 0,
        "menu_order": 0,
        "post_type": "post",
        "post_password": "",
        **fields,
    }
    spaces = {"creator": "dc:creator", "content": "content:encoded", "excerpt": "excerpt:encoded"}
    plain = ("title", "link", "guid", "pubDate")
    named = {spaces.get(name, name if name in plain else f"wp:{name}"): text for name, text in known.items()}
    filed = "".join(
        f'<category domain="{domain}" nicename="{escape(slug)}">{cdata(name)}</category>'
        for domain, slug, name in terms
    )
    metas = "".join(
        f"<wp:postmeta>{elements({'wp:meta_key': key, 'wp:meta_value': value})}</wp:postmeta>"
        for key, value in (meta or {}).items()
    )
    return f"<item>{elements(named)}{filed}{metas}{''.join(comments)}</item>"


def page(number, **fields):
    return item(number, post_type="page", **fields)


def attachment(number, path, *, host="http://merle.example", **fields):
    known = {
        "title": f"File {number}",
        "status": "inherit",
        "link": f"{host}/?attachment_id={number}",
        "attachment_url": f"{host}/wp-content/uploads/{path}",
        **fields,
    }
    return item(number, post_type="attachment", host=host, **known)


def comment(number, *, body="A thought.", **fields):
    known = {
        "comment_id": number,
        "comment_author": "Camille",
        "comment_author_email": "camille@example.org",
        "comment_author_url": "",
        "comment_author_IP": "192.0.2.1",
        "comment_date": "2011-10-27 10:30:00",
        "comment_date_gmt": "2011-10-27 08:30:00",
        "comment_content": body,
        "comment_approved": "1",
        "comment_type": "comment",
        "comment_parent": 0,
        "comment_user_id": 0,
        **fields,
    }
    return f"<wp:comment>{elements({f'wp:{name}': text for name, text in known.items()})}</wp:comment>"
