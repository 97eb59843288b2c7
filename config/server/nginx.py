"""The configuration of an nginx that serves kept pages as files, and asks Causerie for everything else. Pure."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

CONFIGURATION = """\
# Made by `manage.py nginx`; make it anew after an upgrade and after changing settings. Belongs into nginx's http block.

# A file is for a plain GET or HEAD of the site's own address by a reader who is nobody in particular.
map "$request_method {scheme}://$http_host$request_uri" $causerie_page {{
    default none;
    "~^(?:GET|HEAD) {site}(?<causerie_path>(?:/[A-Za-z0-9_-]+)*/)$" current/live$causerie_path;
}}
map $http_cookie $causerie_for_everybody {{
    default $causerie_page;
    "~*(?:{cookies})" none;
}}
map $http_authorization $causerie_file {{
    default none;
    "" $causerie_for_everybody;
}}
map $http_accept_encoding $causerie_ending {{
    default "";
    "~*(?:^|[\\s,])br(?![\\w-])(?!\\s*;\\s*q\\s*=\\s*0(?:\\.0*)?\\s*(?:,|$))" .br;
    "~*(?:^|[\\s,])gzip(?![\\w-])(?!\\s*;\\s*q\\s*=\\s*0(?:\\.0*)?\\s*(?:,|$))" .gz;
}}
map $causerie_ending $causerie_coding {{
    default "";
    .br br;
    .gz gzip;
}}
upstream causerie {{
    server {upstream};
    keepalive 16;
}}

server {{
    listen {listen};
    server_name {name};
{certificate}    server_tokens off;
    client_max_body_size 256m;  # pictures

    location / {{
        root {folder};
        types {{ }}
        default_type "text/html; charset=utf-8";
        try_files /$causerie_file/index.html$causerie_ending @causerie;

        # Its tag tells a file; its date tells nothing (see blog/pagecache/files.py).
        if_modified_since off;
        add_header Last-Modified "";
        add_header Cache-Control "no-cache";
        add_header Vary "Accept-Encoding";
        add_header Content-Encoding $causerie_coding;
{headers}
    }}

    location @causerie {{
        proxy_pass http://causerie;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto {forwarded};
    }}
}}
"""
CERTIFICATE = """\
    ssl_certificate /etc/ssl/{name}.crt;  # yours
    ssl_certificate_key /etc/ssl/{name}.key;
"""


def configuration(
    *, site_url: str, folder: str, headers: Mapping[str, str], cookies: Iterable[str], listen: str, upstream: str
) -> str:
    """Return the configuration of the site at `site_url`, whose files are in `folder`.

    `headers` are those of all pages, `cookies` the names of those that make a reader somebody in particular.
    `upstream` is where Causerie listens. Where `listen` has no TLS and the site has, another proxy stands in front.
    """
    site = urlsplit(site_url)
    has_tls = "ssl" in listen.split()
    behind = site.scheme == "https" and not has_tls
    return CONFIGURATION.format(
        scheme="$http_x_forwarded_proto" if behind else "$scheme",
        forwarded="$http_x_forwarded_proto" if behind else "$scheme",
        site=re.escape(site_url),
        cookies="|".join(map(re.escape, sorted(cookies))),
        upstream=upstream,
        listen=listen,
        name=site.hostname if ":" not in site.hostname else f"[{site.hostname}]",
        certificate=CERTIFICATE.format(name=site.hostname) if has_tls else "",
        folder=folder,
        headers="\n".join(f"        add_header {name} {quoted(value)};" for name, value in sorted(headers.items())),
    )


def quoted(value: str) -> str:
    """Return a header's value as nginx reads it. It has no sign for a $, which no header of ours holds."""
    if "$" in value or "\n" in value:
        raise ValueError(f"nginx cannot say {value!r}")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
