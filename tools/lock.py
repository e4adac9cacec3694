"""Writes requirements/dev.lock and requirements/runtime.lock from pyproject.toml, every file with its hashes.

The locks name no package index: whoever installs uses the index their own pip is set up for. The hashes are
those of the published files: wheels that only this machine keeps (find-links, extra indexes) are left out.
Arguments are handed on to pip-compile, for example `./run lock --upgrade`.
"""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "lock"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)
HOST_SETTINGS_KEPT = ("index-url", "cert", "client-cert", "proxy", "trusted-host", "timeout")


def main(arguments: list[str]) -> int:
    """Compile both locks; the hall's lock takes its versions from the developers' lock."""
    if sys.version_info[:2] != (3, 11):
        print("lock: run this with Python 3.11, the oldest we support, so that no back-port is missing")
        return 2
    WORK.mkdir(parents=True, exist_ok=True)
    compiler = _pip_compile()
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    development = WORK / "dev.in"
    development.write_text("\n".join(groups["dev"]) + "\n")
    dev_lock = ROOT / "requirements" / "dev.lock"
    runtime_lock = ROOT / "requirements" / "runtime.lock"
    dev_sources = ["pyproject.toml", str(development.relative_to(ROOT))]
    _compile(compiler, dev_lock, [*dev_sources, *arguments])
    _compile(compiler, runtime_lock, ["pyproject.toml", "--constraint", "requirements/dev.lock", *arguments])
    return 0


def _pip_compile() -> Path:
    """Give pip-compile out of a throw-away environment; it is no part of what developers install."""
    home = WORK / "venv"
    program = home / "bin" / "pip-compile"
    if not program.exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", "pip-tools"], check=True)
    return program


def _compile(compiler: Path, lock: Path, arguments: list[str]) -> None:
    print(f"lock: {lock.relative_to(ROOT)}")
    output = str(lock.relative_to(ROOT))
    subprocess.run(
        [compiler, *OPTIONS, "--output-file", output, *arguments], check=True, cwd=ROOT, env=_environment()
    )
    found = re.search(r"https?://|^-", lock.read_text(), re.MULTILINE)
    if found:
        raise SystemExit(f"lock: {output} names an address or an option: {found.group()!r}")


def _environment() -> dict[str, str]:
    """Keep how this machine reaches its index, drop every second place where it keeps packages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout
    for name, value in re.findall(r"^[^.=]+\.(?:[^.=]*\.)?([\w-]+)='(.*)'$", listing, re.MULTILINE):
        if name in HOST_SETTINGS_KEPT:
            environment["PIP_" + name.upper().replace("-", "_")] = value
    return environment | {"PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "./run lock"}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
