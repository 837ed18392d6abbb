"""The web application: readers' pages and feeds over HTTP; it reads the store and never changes it."""

from digest.web.app import create_app

__all__ = ["create_app"]
