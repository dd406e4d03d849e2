"""Ask the advisory database about every pinned package: python -m tests.audit

Exit code 0: all were asked about, and nothing is known; 1: vulnerabilities are known; 2: some or all could not be asked
about (no network, an index that knows no advisories), which is no clean bill: pip-audit itself ends with 0 there.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.licences import list_pins


def read_answer(output: str) -> tuple[list[str], list[str], int]:
    """(vulnerable packages with their advisories, packages that could not be asked about, how many were named) of
    what pip-audit prints as JSON."""
    packages = json.loads(output)["dependencies"]
    known = [
        f"{package['name']} {package['version']}: {', '.join(fault['id'] for fault in package['vulns'])}"
        for package in packages
        if package.get("vulns")
    ]
    return (
        known,
        [package["name"] for package in packages if "skip_reason" in package],
        len(packages),
    )


def ask_pip_audit(file: Path) -> subprocess.CompletedProcess:
    """What pip-audit answers about the packages that a requirements file pins."""
    options = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(file), *options]
    return subprocess.run(command, capture_output=True, text=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pinned.txt"
        file.write_text("\n".join(pin for pins in list_pins().values() for pin in pins))
        run = ask_pip_audit(file)
    try:
        known, unasked, total = read_answer(run.stdout)
    except (ValueError, KeyError):
        why = (run.stderr.strip().splitlines() or ["no answer"])[-1]
        print(
            f"NOT audited: {why}\nRun make audit where the public index of packages can be reached.",
            file=sys.stderr,
        )
        return 2
    for line in known:
        print(f"vulnerable: {line}")
    if unasked:
        print(
            f"NOT audited: the index has no advisories on {len(unasked)} of {total} packages ({', '.join(unasked[:5])} …). Run make audit where the public index of packages can be reached.",
            file=sys.stderr,
        )
    elif not known:
        print(f"No known vulnerability in {total} pinned packages.")
    return 1 if known else 2 if unasked else 0


if __name__ == "__main__":
    sys.exit(main())
