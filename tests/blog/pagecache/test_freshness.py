"""Several processes write at random, and no address is ever answered with what was before."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest

from .freshness import Site


@pytest.fixture
def database():
    """Environment variables that name an empty database, where the suite does not run on SQLite."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme.startswith("postgres"):
        yield {}
        return
    name = f"{url.path[1:]}_fresh_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

    def tell(*statements):
        with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    yield {"DATABASE_URL": url._replace(path=f"/{name}").geturl()}
    tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_whatever_several_processes_write_every_address_is_answered_as_if_it_were_made_freshly(tmp_path, database):
    with Site(tmp_path, processes=3, seed=1, **database) as site:
        for number in range(4):
            assert site.round(writes=6, checks=12) == []
            if number == 1:
                site.change_templates()
        assert f"<footer>{site.templates}" in site.tell(1, "look", "/")
