"""What the views share for the life of the application, and what one visit brings along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from digest.config import Config, Language
from digest.pipeline.desk import Desk
from digest.store import Store
from digest.web.assets import Assets, read_assets
from digest.web.feed_files import FORMS
from digest.web.language import COOKIE, LANGUAGES, language_named, preferred
from digest.web.rendering import environment
from digest.web.words import Speaker

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Site:
    """Settings, store, templates and shipped files of the running application."""

    config: Config
    store: Store
    templates: Environment
    assets: Assets

    @classmethod
    def of(cls, config: Config, store: Store) -> Site:
        """The site of an open store.

        Raises:
            TemplateError: A shipped file is missing.
        """
        return cls(config, store, environment(), read_assets())


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a reader: to which site, in which language, for which address."""

    site: Site
    request: Request
    language: Language

    @property
    def config(self) -> Config:
        """The settings."""
        return self.site.config

    @property
    def store(self) -> Store:
        """The store, for reading."""
        return self.site.store

    @property
    def desk(self) -> Desk:
        """For the use cases that change something."""
        return Desk(self.site.config, self.site.store)

    @property
    def words(self) -> Speaker:
        """The pages' own words in the visit's language."""
        return Speaker(self.language)

    @property
    def root(self) -> str:
        """The way from the page asked for to the root."""
        return root_from(self.request.scope.get("raw_path") or self.request.url.path.encode())

    def show(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401  # templates take anything
        """The page as an answer, in the visit's language; a chosen language is remembered."""
        content = self.site.templates.get_template(template).render(self._surroundings() | values)
        response = HTMLResponse(content, status_code=status)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Accept-Language, Cookie"
        if chosen := _asked_for(self.request):
            response.set_cookie(COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="lax")
        return response

    def _surroundings(self) -> dict[str, Any]:
        path = self.request.url.path
        return {
            "t": self.words,
            "language": self.language,
            "languages": LANGUAGES,
            "path": path,
            "query": _without_language(self.request),
            "root": self.root,
            "assets": self.site.assets.addresses,
            "site_title": self.config.digest.title,
            "public_url": self.config.public_url,
            "zone": ZoneInfo(self.config.timezone),
            "feeds": [("all", None)],
            "feed_forms": FORMS,
            "subscribing": self.config.subscriptions.open,
            "editing": self.config.web.editing != "off",
        }


def root_from(raw_path: bytes) -> str:
    """The way from a page's address to the root, so that links hold behind any proxy and under any prefix.

    >>> root_from(b"/"), root_from(b"/status"), root_from(b"/digests/3")
    ('./', './', '../')
    """
    return "../" * (raw_path.count(b"/") - 1) or "./"


def _asked_for(request: Request) -> Language | None:
    return language_named(request.query_params.get("lang"))


def _without_language(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]


def visit_of(request: Request) -> Visit:
    """The visit a request is: the language of `?lang=`, of the reader's earlier choice, or of the browser."""
    site: Site = request.app.state.site
    chosen = _asked_for(request) or language_named(request.cookies.get(COOKIE))
    accepted = request.headers.get("accept-language", "")
    return Visit(site, request, chosen or preferred(accepted, site.config.language))


ThisVisit = Annotated[Visit, Depends(visit_of)]
"""Declares a view's parameter as the visit it answers."""
