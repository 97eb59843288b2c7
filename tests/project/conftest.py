import os
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.project.serving import Server, Site

MAKE_A_POST = """
from tests.factories import PostFactory
PostFactory(title="Aube", slug="aube")
"""


def tell_postgresql(url, *statements):
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    environment, name = {}, None
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme.startswith("postgres"):
        name = f"{url.path[1:]}_served_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        tell_postgresql(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        environment = {"DATABASE_URL": url._replace(path=f"/{name}").geturl()}
        if "CACHE_URL" in os.environ:
            environment["CACHE_URL"] = os.environ["CACHE_URL"]
    made = Site(folder, **environment)
    made.manage("migrate", "--verbosity", "0")
    made.manage("shell", "--verbosity", "0", "--command", MAKE_A_POST)
    yield made
    if name:
        tell_postgresql(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def server(site):
    with Server(site) as running:
        yield running
