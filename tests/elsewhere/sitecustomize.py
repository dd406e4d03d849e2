"""Python somewhat as it is on Windows, for every process that finds this folder in PYTHONPATH: a
file opened without an encoding is an error where the helpers do it, there is no fork and no killpg,
the helpers find no fcntl, resource or pwd (packages that know where they run still do), and a file
that somebody holds open cannot be replaced."""

import builtins
import multiprocessing
import os
import warnings
from pathlib import Path

HIDDEN = ("fcntl", "grp", "pwd", "resource")
OURS = r"helpers\b"


def is_open(path) -> bool:
    """Whether any process of this machine that may be asked holds a file open."""
    wanted = os.path.realpath(path)
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            handles = Path("/proc", number, "fd")
            if any(os.readlink(handles / name) == wanted for name in os.listdir(handles)):
                return True
        except OSError:  # another's process, or one that has ended
            continue
    return False


def refuse_open(change):
    """os.replace or os.rename, as Windows does it."""

    def change_closed(source, target, **more):
        for path in (source, target):
            if is_open(path):
                raise PermissionError(13, "The process cannot access the file", str(path))
        return change(source, target, **more)

    return change_closed


def refuse_posix(load):
    """The import of this Python, without what only POSIX has."""

    def load_elsewhere(name, globals=None, *more, **named):
        if name in HIDDEN and (globals or {}).get("__name__", "").startswith("helpers"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return load(name, globals, *more, **named)

    return load_elsewhere


def play_windows() -> None:
    """Change this process."""
    warnings.filterwarnings("ignore", category=EncodingWarning)
    warnings.filterwarnings("error", category=EncodingWarning, module=OURS)
    os.replace, os.rename = refuse_open(os.replace), refuse_open(os.rename)
    builtins.__import__ = refuse_posix(builtins.__import__)
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    for name in ("fork", "forkpty", "killpg", "setsid"):
        if hasattr(os, name):
            delattr(os, name)


if __name__ == "sitecustomize":
    play_windows()
