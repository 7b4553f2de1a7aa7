"""What the engine's README shows runs as it stands there, wherever the engine lies."""

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import schema.engine

FOLDER = Path(schema.engine.__file__).parent
SAMPLES = re.findall(
    r"^```python\n(.*?)^```", (FOLDER / "README.md").read_text(), re.MULTILINE | re.DOTALL
)
PERSUASION = {"title": "Persuasion", "published": "1817-12-20", "author": {"name": "Jane"}}


def run(samples: list[str], folder: Path) -> dict[str, Any]:
    """All that stands in the module that these are together."""
    (folder / "example.py").write_text("\n".join(samples))
    return runpy.run_path(str(folder / "example.py"))


def test_the_example_of_the_readme_is_answered(tmp_path: Path) -> None:
    result = run(SAMPLES[:1], tmp_path)["result"]

    assert (result.data, result.errors) == ({"books": [PERSUASION]}, None)


def test_what_spares_time_answers_the_same_without_what_it_stands_for(tmp_path: Path) -> None:
    gone = """
core.query_type.fields["books"].resolve = None
core.type_map["Date"].coerce_output_value = None
"""
    first, second = SAMPLES
    sooner = run([first, gone, second], tmp_path)["sooner"]

    assert (sooner.data, sooner.errors) == ({"books": [PERSUASION]}, None)


def test_the_folder_may_lie_in_any_package_under_any_name(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "library" / "planned")
    moved = "\n".join(SAMPLES).replace("from schema.engine import", "from library.planned import")
    asked = 'import sys\nprint(sooner.data, "schema" in sys.modules)\n'

    told = subprocess.run([sys.executable, "-c", moved + asked], cwd=tmp_path, check=True,
                          capture_output=True, text=True)  # fmt: skip

    assert told.stdout == f"{ {'books': [PERSUASION]} } False\n"
