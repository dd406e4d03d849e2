"""Ask the advisory database about every pinned package: python tests/audit.py requirements.txt

Exit code 0: all were asked about, and nothing is known; 1: vulnerabilities are known; 2: some or all could not be asked
about (no network, an index that knows no advisories), which is no clean bill: pip-audit itself ends with 0 there.
"""

import json
import subprocess
import sys


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


def main(pins: str) -> int:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        pins,
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "--format",
        "json",
    ]
    run = subprocess.run(command, capture_output=True, text=True)
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
    sys.exit(main(sys.argv[1]))
