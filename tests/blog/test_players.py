"""Which sites may show a frame in our pages."""

import re

import pytest

from blog.rendering.embeds import PLAYER_HOSTS
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db


def test_only_the_hosts_of_known_players_may_show_a_frame(client):
    policy = client.get(PostFactory().get_absolute_url())["Content-Security-Policy"]
    (allowed,) = re.findall(r"frame-src ([^;]*)", policy)
    assert sorted(allowed.split()) == sorted(PLAYER_HOSTS)
    assert all(host.startswith("https://") for host in PLAYER_HOSTS)
