"""The pages' documents and files: the contract knows the first, nobody gets more of the second."""

import gzip
import hashlib
import json
import re
from base64 import b64encode

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

import web
from server.settings import CHECKOUT

NAMES = sorted(page.name for page in web.PAGES.values())
DOCUMENTS = [(door, name) for door in ("staff", "portal") for name in web.documents(door)]


@pytest.fixture(scope="module")
def contracts() -> dict[str, GraphQLSchema]:
    """Each door's schema as it is checked in."""
    rooms = {"staff": "schema", "portal": "portal"}
    return {door: build_schema((CHECKOUT / room / "schema.graphql").read_text())
            for door, room in rooms.items()}  # fmt: skip


@pytest.mark.parametrize(("door", "name"), DOCUMENTS)
def test_the_contract_knows_every_document(
    contracts: dict[str, GraphQLSchema], door: str, name: str
) -> None:
    document = parse(web.documents(door)[name])
    assert [error.message for error in validate(contracts[door], document)] == []


def test_a_document_is_called_like_its_operation() -> None:
    for door, name in DOCUMENTS:
        text = web.documents(door)[name]
        assert re.match(rf"(query|mutation|subscription) {name}\b", text), name


def test_every_document_is_asked_for_and_every_one_asked_for_exists() -> None:
    scripts = "\n".join(
        file.read_text() for file in web.FOLDER.glob("*/*.js") if file.parent.name != "operations"
    )
    for _, name in DOCUMENTS:
        assert re.search(rf"""['"]{name}['"]""", scripts), name


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_inline_script_and_its_hash_is_told(name: str) -> None:
    html = web.page(name)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", html, re.DOTALL)
    kinds = {attributes.strip(): body for attributes, body in inline}
    assert set(kinds) == {'type="importmap"', 'type="application/json" id="documents"'}
    digest = hashlib.sha256(kinds['type="importmap"'].encode()).digest()
    assert "sha256-" + b64encode(digest).decode() == web.IMPORT_MAP_SHA256
    assert json.loads(kinds['type="application/json" id="documents"'])
    assert "<!--" not in html


@pytest.mark.parametrize("name", NAMES)
def test_all_that_a_page_names_can_be_fetched(name: str) -> None:
    named = re.findall(r'(?:src|href)="/assets/([^"]+)"', web.page(name))
    assert named
    assert [path for path in named if web.asset(path) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fetches_all_its_modules_at_once_and_they_are_small(name: str) -> None:
    html = web.page(name)
    scripts = set(re.findall(r'(?:modulepreload" href|module" src)="/assets/([^"]+)"', html))
    files = [found[0] for found in map(web.asset, scripts) if found is not None]
    for file in (file for file in files if file.is_relative_to(web.FOLDER)):
        for wanted in re.findall(r"from '([^']+)'", file.read_text()):
            assert (web.NODE_MODULES / web.IMPORTS[wanted] if wanted in web.IMPORTS
                    else file.parent / wanted).resolve() in files, f"{file}: {wanted}"  # fmt: skip
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 120_000


def test_every_module_that_is_imported_exists() -> None:
    for file in web.FOLDER.glob("*/*.js"):
        for wanted in re.findall(r"from '([^']+)'", file.read_text()):
            if wanted.startswith("."):
                assert (file.parent / wanted).is_file(), f"{file}: {wanted}"
            else:
                assert wanted in web.IMPORTS, f"{file}: {wanted}"


@pytest.mark.parametrize(
    "path",
    [
        "web/__init__.py",
        "web/../server/app.py",
        "web/../../etc/passwd",
        "web/operations/Board.graphql",
        "web/pages/board.html",
        "npm/axe-core/axe.min.js",
        "npm/preact/package.json",
        "npm/preact/../axe-core/axe.min.js",
        "npm/.bin/x.js",
        "web/pages/theme.js\0.css",
        "",
        "web",
    ],
)
def test_nothing_else_is_served(path: str) -> None:
    assert web.asset(path) is None


def test_a_page_that_does_not_exist_has_no_html() -> None:
    with pytest.raises(KeyError):
        web.page("../board")
