"""LibreOffice Calc, driven as a person would: a file is opened in a locale, cells are typed into,
and it is saved and closed. Over UNO, which Debian's own Python speaks (python3-uno)."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 240  # seconds until a Calc that never answers is given up
PYTHON = "/usr/bin/python3"
CSV = "Text - txt - csv (StarCalc)"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>"""


def is_missing() -> bool:
    """Whether Calc, or what speaks with it, is not on this machine."""
    program = Path(shutil.which("soffice") or "/").resolve().parent
    if not (program / "libsclo.so").exists() or not Path(PYTHON).exists():
        return True
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode != 0


def type_into(
    file: Path, cells: dict[tuple[int, int], str], locale: str, home: Path, options: str = ""
) -> None:
    """Open a file in Calc, type into cells of its first sheet ((row, column) from 1, words as one
    types them in the locale), and save it where and as it was. `options`: of the CSV filter, ""
    for an .xlsx. Raises AssertionError where Calc fails."""
    (home / "user").mkdir(parents=True, exist_ok=True)
    settings = SETTINGS.format(locale=locale)
    (home / "user" / "registrymodifications.xcu").write_text(settings, "utf-8")
    pipe = f"eleven_days_{os.getpid()}"
    calc = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={home.as_uri()}",
            f"--accept=pipe,name={pipe};urp",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    job = {
        "pipe": pipe,
        "file": file.as_uri(),
        "options": options,
        "cells": [[row, column, words] for (row, column), words in cells.items()],
    }
    try:
        done = subprocess.run(
            [PYTHON, __file__],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        calc.wait(PATIENCE)
    finally:
        if calc.poll() is None:
            os.killpg(calc.pid, signal.SIGKILL)


def _type(job: dict) -> None:
    """What Debian's Python does: it knows nothing of this package."""
    import uno
    from com.sun.star.beans import PropertyValue

    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    address = f"uno:pipe,name={job['pipe']};urp;StarOffice.ComponentContext"
    for _ in range(10 * PATIENCE):
        try:
            calc = resolver.resolve(address)
            break
        except Exception:  # not listening yet
            time.sleep(0.1)
    desktop = calc.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    said = {"Hidden": True}
    if job["options"]:
        said |= {"FilterName": CSV, "FilterOptions": job["options"]}
    how = []
    for name, value in said.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        how.append(one)
    book = desktop.loadComponentFromURL(job["file"], "_blank", 0, tuple(how))
    sheet = book.Sheets.getByIndex(0)
    for row, column, words in job["cells"]:
        sheet.getCellByPosition(column - 1, row - 1).FormulaLocal = words
    if job["options"]:
        book.storeToURL(job["file"], tuple(how))
    else:
        book.store()
    book.close(True)
    with contextlib.suppress(Exception):  # it ends while it answers
        desktop.terminate()


if __name__ == "__main__":
    _type(json.load(sys.stdin))
