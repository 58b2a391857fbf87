"""What docs/applications.md shows is what happens."""

import re
import shlex
from pathlib import Path

from tests.cli.conftest import Say

GUIDE = (Path(__file__).parents[2] / "docs" / "applications.md").read_text()
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_guide_to_applications_can_be_followed(say: Say, tmp_path: Path) -> None:
    first, *others = SHELL.split(GUIDE)[::2]
    blocks = SHELL.findall(GUIDE)
    said = []
    for text, block in zip([first, *others], [*blocks, ""], strict=True):
        for path, content in FILE.findall(text):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content)
        for line in block.splitlines():
            done = say(*shlex.split(line)[1:])
            assert done.status == 0, done.err
            said.append(done.out.splitlines()[-1].partition("Next")[0] or done.out.splitlines()[-2])
    assert [line.partition(": ")[2] for line in said[:3]] == [
        "5 things would change.",
        "5 things changed.",
        "nothing to change.",
    ]
    assert said[3] == "Nothing to change in shop."
    assert said[4:] == ["The shop: 3 things changed.", "The shop: nothing to change."]
