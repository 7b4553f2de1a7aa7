"""What the engine's README shows runs as it stands there."""

import runpy
from pathlib import Path

import schema.engine


def test_the_example_of_the_readme_is_answered(tmp_path: Path) -> None:
    readme = Path(schema.engine.__file__).with_name("README.md").read_text()
    example = tmp_path / "example.py"
    example.write_text(readme.partition("```python\n")[2].partition("```")[0])

    result = runpy.run_path(str(example))["result"]

    jane = {"name": "Jane"}
    assert result.errors is None
    assert result.data == {"books": [{"title": "Emma", "author": jane},
                                     {"title": "Persuasion", "author": jane}]}  # fmt: skip
