"""Makes .venv from requirements.lock, with nothing but Python 3.11 or newer on the machine.

Runs under the Python of the system, so it uses the standard library only.
"""

import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLACE = os.path.join(ROOT, ".venv")
INSIDE = os.path.join(PLACE, "bin", "python")
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]


def main() -> None:
    if sys.version_info < (3, 11):
        go_on_with_newer()
    began = time.monotonic()
    print("Setting up .venv (a minute or two the first time) ...", flush=True)
    make_place()
    install("--require-hashes", "-r", os.path.join(ROOT, "requirements.lock"))
    install("--no-deps", "--no-build-isolation", "-e", ROOT)
    with open(os.path.join(PLACE, "stamp"), "w", encoding="utf-8"):
        pass
    print("Done after %d s." % (time.monotonic() - began), flush=True)


def go_on_with_newer() -> None:
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name, os.path.abspath(__file__)])
    sys.exit(
        "Expected Python 3.11 or newer but found only %s at %s" % (sys.version.split()[0], sys.executable)
    )


def make_place() -> None:
    if os.path.exists(INSIDE) and subprocess.run([INSIDE, "-c", ""], check=False).returncode == 0:
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", PLACE], check=False)
    if made.returncode:
        sys.exit(
            "Expected Python's venv module with pip but it failed; on Debian: apt-get install python3-venv"
        )


def install(*what: str) -> None:
    command = [INSIDE, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *what], cwd=ROOT, check=False).returncode:
        sys.exit("Expected pip to install what requirements.lock names but it failed, see above")


main()
