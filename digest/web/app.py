"""Puts the application together: routes, error pages and what every answer carries."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from digest.config import Config
from digest.pipeline.desk import Desk
from digest.store import Store
from digest.web.answers import HeadAsGet, SafeHeaders
from digest.web.editing import articles as edited_articles
from digest.web.editing import coverage, inbox, mail, people, signing_in, upload
from digest.web.editing import profiles as edited_profiles
from digest.web.failures import show_failures
from digest.web.feed_server import FeedServer
from digest.web.site import Site
from digest.web.views import (
    articles,
    digests,
    health,
    home,
    pages,
    profiles,
    search,
    static,
    status,
    subscribing,
)

_VIEWS = (home, profiles, articles, search, pages, digests, status, subscribing, health, static)
_EDITING = (signing_in, inbox, upload, edited_articles, edited_profiles, mail, coverage, people)


def create_app(config: Config, store: Store) -> ASGIApp:
    """The application over an open store; whoever opened the store closes it after the last request.

    Raises:
        TemplateError: The shipped templates are missing or broken.
    """
    return FeedServer(Desk(config, store), _pages(config, store))


def _pages(config: Config, store: Store) -> FastAPI:
    # No OpenAPI pages: they load scripts from elsewhere. No redirect of trailing slashes: it trusts Host.
    app = FastAPI(title="Digest", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.site = Site.of(config, store)
    show_failures(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SafeHeaders)
    for view in (*_VIEWS, *_EDITING):
        app.include_router(view.router)
    return app
