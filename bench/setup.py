"""Sets up the peers: an environment of their own, and bpmn-engine when node is there."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "bench" / "peers"
PEERS_VENV = ROOT / ".venvs" / "peers"
PEERS_PYTHON = PEERS_VENV / "bin" / "python"
BPMN_ENGINE = "bench/peers/bpmn_engine.js"
_STAMP = PEERS_VENV / "installed"


def peers_ready() -> bool:
    """Whether the environment holds just what its lock file says."""
    return _STAMP.exists() and _STAMP.read_text() == (PEERS / "requirements.txt").read_text()


def bpmn_engine_ready() -> bool:
    """Whether bpmn-engine can be run."""
    return shutil.which("node") is not None and (PEERS / "node_modules" / "bpmn-engine").exists()


def set_up() -> list[str]:
    """Installs what is missing; returns what could not be had, in words."""
    if not peers_ready():
        _install_python_peers()
    if bpmn_engine_ready():
        return []
    if shutil.which("npm") is None:
        return ["bpmn-engine: Expected node and npm on the search path but found none"]
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, capture_output=True, text=True, check=False
    )
    return [] if done.returncode == 0 else [f"bpmn-engine: npm ci said {done.stderr.strip()[-300:]}"]


def _install_python_peers() -> None:
    lock = PEERS / "requirements.txt"
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        _run([str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS_VENV)])
        install = [str(uv), "pip", "install", "--quiet", "--python", str(PEERS_PYTHON)]
    else:
        _run([sys.executable, "-m", "venv", "--clear", str(PEERS_VENV)])
        install = [str(PEERS_PYTHON), "-m", "pip", "install", "--quiet"]
    _run([*install, "--require-hashes", "-r", str(lock)])
    _STAMP.write_text(lock.read_text())


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True)
