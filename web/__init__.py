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
    title: str = ""
    """What it is called in the frame that the staff's pages share; empty for HTML of its own."""
    door: str
    sign_in: str | None = None
    styles: tuple[str, ...] = ()
    """Sheets it needs besides the frame's and its own."""
    operations: frozenset[str] | None = None
    """The documents it carries; all those of its door unless said."""


PAGES: Mapping[str, Page] = {
    "/board": Page(name="board", door="staff", sign_in="/sign-in"),
    "/calendar": Page(name="calendar", title="Calendar", door="staff", sign_in="/sign-in"),
    "/timesheet": Page(name="timesheet", title="Timesheet", door="staff", sign_in="/sign-in"),
    "/invoices": Page(name="invoices", title="Invoices", door="staff", sign_in="/sign-in"),
    "/dashboard": Page(name="dashboard", title="Dashboard", door="staff", sign_in="/sign-in"),
    "/templates": Page(name="templates", title="Templates", door="staff", sign_in="/sign-in"),
    "/workflows": Page(name="workflows", title="Workflows", door="staff", sign_in="/sign-in"),
    "/clients": Page(name="clients", title="Clients", door="staff", sign_in="/sign-in"),
    "/clients/{id}": Page(
        name="client", title="Client", door="staff", sign_in="/sign-in",
        styles=("card", "drawer", "job"),
    ),
    "/jobs/{id}": Page(
        name="job", title="Job", door="staff", sign_in="/sign-in",
        styles=("card", "drawer", "timeline"),
    ),
    "/sign-in": Page(name="sign-in", door="staff", operations=frozenset({"SignIn"})),
    "/portal": Page(
        name="portal", door="portal", sign_in="/portal/sign-in",
        operations=frozenset({
            "PortalViewer", "PortalSignOut", "PortalRequests", "PortalStanding", "AnswerItem",
            "StartUpload", "CompleteUpload", "DownloadLink", "PortalInvoices", "PortalMessages",
            "PortalSend", "PortalRead", "PortalChanges",
        }),
    ),
    "/portal/sign-in": Page(
        name="portal-sign-in", door="portal",
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

IMPORTED = re.compile(r"^(?:import|export)\b(?:.*\bfrom)? '([^']+)'", re.MULTILINE)
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
    template = (FOLDER / "pages" / f"{'frame' if page.title else name}.html").read_text()
    parts = {
        "title": f"<title>{escape(page.title)} · OpenPractice</title>",
        "style": "\n".join(
            f'<link rel="stylesheet" href="/assets/web/styles/{sheet}.css">'
            for sheet in (*page.styles, name)
        ),
        "script": f'<script type="module" src="/assets/web/pages/{name}.js"></script>',
        "import-map": f'<script type="importmap">{IMPORT_MAP}</script>',
        # A data block, not a script: no policy has to allow it. "<" cannot end the element.
        "documents": '<script type="application/json" id="documents">'
        + json.dumps(_documents_of(page)).replace("<", "\\u003c")
        + "</script>",
    }
    html = re.sub(r"<!-- ((?!preload)\S+) -->", lambda found: parts[found[1]], template)
    return html.replace("<!-- preload -->", "\n".join(_preloads(html)))


def _documents_of(page: Page) -> Mapping[str, str]:
    wanted = page.operations
    return {name: text for name, text in documents(page.door).items()
            if wanted is None or name in wanted}  # fmt: skip


def _preloads(html: str) -> list[str]:
    """Links that fetch all modules of a page at once, instead of one import after the other."""
    entries = re.findall(r'<script type="module" src="/assets/web/([^"]+)"', html)
    paths = dict.fromkeys(path for entry in entries for path in _imported(entry))
    return [f'<link rel="modulepreload" href="{escape(path, quote=True)}">' for path in paths]


@cache
def _imported(entry: str) -> tuple[str, ...]:
    """Where all is that a module of ours imports, and what that imports in turn."""
    found: dict[str, None] = {}
    wanted = [FOLDER / entry]
    while wanted:
        module = wanted.pop(0)
        for name in IMPORTED.findall(module.read_text()):
            file = (module.parent / name).resolve()
            path = f"npm/{IMPORTS[name]}" if name in IMPORTS else f"web/{file.relative_to(FOLDER)}"
            if f"/assets/{path}" not in found:
                found[f"/assets/{path}"] = None
                wanted += [] if name in IMPORTS else [file]
    return tuple(found)


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
