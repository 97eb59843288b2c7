"""Serving uploaded files."""

from django.http import Http404


def serve(request, path):
    raise Http404
