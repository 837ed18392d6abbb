"""An installation with an owner, and browsers that edit there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from digest.pipeline import signing_in
from digest.pipeline.desk import Desk
from digest.web import create_app
from tests.pipeline.office import SETTINGS, Office

HOST = "clips.example.org"
PASSWORD = "seven white herons"  # noqa: S105 - nobody's


@dataclass
class EditingOffice:
    """The office and its application."""

    office: Office

    @classmethod
    def made(cls, folder: Path, settings: str = "", web: str = "") -> EditingOffice:
        base = f'base_url = "https://{HOST}"\n'
        office = Office(folder, base + SETTINGS + settings + (f"\n[web]\n{web}\n" if web else ""))
        office.now = Desk(office.desk.config, office.desk.store).clock()
        return cls(office)

    @property
    def desk(self) -> Desk:
        return Desk(self.office.desk.config, self.office.desk.store)

    def browser(self, host: str = HOST, *, address: str = "192.0.2.7") -> Any:
        app = create_app(self.office.desk.config, self.office.desk.store)
        return TestClient(
            app,
            base_url=f"https://{host}",
            follow_redirects=False,
            raise_server_exceptions=False,
            client=(address, 5000),
        )

    def owner(self, name: str = "lin") -> Any:
        """The browser of a new owner who is signed in."""
        return self.member(signing_in.invite_owner(self.desk), name)

    def editor(self, name: str = "he") -> Any:
        """The browser of a new editor who is signed in."""
        return self.member(signing_in.invite(self.desk, "editor"), name)

    def member(self, token: str, name: str) -> Any:
        browser = self.browser()
        fields = {"name": name, "password": PASSWORD, "again": PASSWORD}
        assert browser.post(f"/join/{token}", data=fields).status_code == 303
        return browser


def token_of(browser: Any, path: str = "/edit") -> str:
    """What forms of that page bring along."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get(path).text)
    assert found, path
    return found[1]


def sent(browser: Any, path: str, /, **fields: Any) -> Any:
    """A form sent with its token."""
    return browser.post(path, data={"csrf": token_of(browser)} | fields)
