"""The pages: plain ES modules and npm packages, served as they are.

This package knows no web framework. It says which pages exist, how their HTML reads and which
files may be fetched; the server mounts that.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
NODE_MODULES = FOLDER.parent / "node_modules"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: whose GraphQL it asks, and where to sign in first (None: nobody has to)."""

    name: str
    door: str
    sign_in: str | None = None
    modules: tuple[str, ...]
    """What it needs at once, so that modules do not wait for one another."""
    operations: frozenset[str] | None = None
    """The documents it carries; all those of its door unless said."""


PAGES: Mapping[str, Page] = {
    "/board": Page(
        name="board", door="staff", sign_in="/sign-in",
        modules=("live/*", "desk/*", "parts/*", "shell/*", "board/*", "drawer/*"),
    ),
    "/sign-in": Page(
        name="sign-in", door="staff", modules=("live/documents", "live/request"),
        operations=frozenset({"SignIn"}),
    ),
    "/portal": Page(
        name="portal", door="portal", sign_in="/portal/sign-in",
        modules=("live/clock", "live/documents", "live/follow", "live/request", "live/socket",
                 "parts/html", "parts/icons", "portal/door", "portal/home", "portal/messages",
                 "portal/needs", "portal/owed", "portal/sending", "portal/standing",
                 "portal/words"),
        operations=frozenset({
            "PortalViewer", "PortalSignOut", "PortalRequests", "PortalStanding", "AnswerItem",
            "StartUpload", "CompleteUpload", "DownloadLink", "PortalInvoices", "PortalMessages",
            "PortalSend", "PortalRead", "PortalChanges",
        }),
    ),
    "/portal/sign-in": Page(
        name="portal-sign-in", door="portal", modules=("live/documents", "live/request"),
        operations=frozenset({"RequestSignInLink", "RedeemSignInLink"}),
    ),
}  # fmt: skip
"""Where each page lives; the first is where / leads to."""

IMPORTS: Mapping[str, str] = {
    "preact": "preact/dist/preact.mjs",
    "preact/hooks": "preact/hooks/dist/hooks.mjs",
    "htm": "htm/dist/htm.module.js",
    "@preact/signals-core": "@preact/signals-core/dist/signals-core.module.js",
    "@preact/signals": "@preact/signals/dist/signals.module.js",
    "graphql-ws": "graphql-ws/dist/client.js",
}
# Nothing else below node_modules is served: tools of the tests are nobody's business.
PACKAGES = (
    "preact",
    "htm",
    "@preact/signals-core",
    "@preact/signals",
    "graphql-ws",
    "@fontsource-variable/inter",
)
MEDIA_TYPES: Mapping[str, str] = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}

IMPORT_MAP = json.dumps(
    {"imports": {name: f"/assets/npm/{path}" for name, path in IMPORTS.items()}},
    separators=(",", ":"),
)
# The one inline script of each page; the content security policy names it by this hash.
IMPORT_MAP_SHA256 = "sha256-" + b64encode(hashlib.sha256(IMPORT_MAP.encode()).digest()).decode()

SPREAD = re.compile(r"\.\.\.\s*(?!on\b)([A-Za-z_]\w*)")


@cache
def documents(door: str = "staff") -> Mapping[str, str]:
    """Every GraphQL document that pages send to that door by name, with the fragments it needs."""
    folder = FOLDER / "operations"
    fragments = {file.stem: file.read_text() for file in (folder / "fragments").glob("*.graphql")}
    files = (folder if door == "staff" else folder / door).glob("*.graphql")
    return {file.stem: _with_fragments(file.read_text(), fragments) for file in sorted(files)}


def _with_fragments(text: str, fragments: Mapping[str, str]) -> str:
    needed: list[str] = []
    wanted = SPREAD.findall(text)
    while wanted:
        name = wanted.pop(0)
        if name not in needed:
            needed.append(name)
            wanted += SPREAD.findall(fragments[name])
    return "\n".join([text.strip(), *(fragments[name].strip() for name in needed)]) + "\n"


def page(name: str) -> str:
    """The HTML of a page; it carries the import map and the page's GraphQL documents.

    Raises KeyError for a page that does not exist.
    """
    page = {page.name: page for page in PAGES.values()}[name]
    template = (FOLDER / "pages" / f"{name}.html").read_text()
    parts = {
        "import-map": f'<script type="importmap">{IMPORT_MAP}</script>',
        # A data block, not a script: no policy has to allow it. "<" cannot end the element.
        "documents": '<script type="application/json" id="documents">'
        + json.dumps(_documents_of(page)).replace("<", "\\u003c")
        + "</script>",
        "preload": "\n".join(_preloads(page)),
    }
    return re.sub(r"<!-- (\S+) -->", lambda found: parts[found[1]], template)


def _documents_of(page: Page) -> Mapping[str, str]:
    wanted = page.operations
    return {name: text for name, text in documents(page.door).items()
            if wanted is None or name in wanted}  # fmt: skip


def _preloads(page: Page) -> list[str]:
    """Links that fetch all modules at once, instead of one import after the other."""
    ours = [
        f"/assets/web/{file.relative_to(FOLDER).as_posix()}"
        for modules in page.modules
        for file in sorted(FOLDER.glob(f"{modules}.js"))
    ]
    theirs = [f"/assets/npm/{path}" for path in IMPORTS.values()] if page.name == "board" else []
    return [
        f'<link rel="modulepreload" href="{escape(path, quote=True)}">' for path in [*theirs, *ours]
    ]


def asset(path: str) -> tuple[Path, str] | None:
    """The file and media type behind /assets/<path>, or None where nothing is served.

    `path` comes from outside: whatever climbs out of the two folders is not there.
    """
    room, _, rest = path.partition("/")
    if "\0" in rest:
        return None
    file = ((FOLDER if room == "web" else NODE_MODULES) / rest).resolve()
    rooms = {"web": [FOLDER], "npm": [NODE_MODULES / package for package in PACKAGES]}
    if not any(file.is_relative_to(folder.resolve()) for folder in rooms.get(room, ())):
        return None
    media_type = MEDIA_TYPES.get(file.suffix)
    return (file, media_type) if media_type is not None and file.is_file() else None
