"""Kernels: each notebook has one of its own, forked from a process that has imported what notebooks
import.

A kernel that starts from nothing spends most of its time on pandas and matplotlib, the same for
every notebook. Here one process imports them once, keeps free of threads, and is forked for each
kernel: that is the fork server of multiprocessing. Jupyter is told by a provisioner, its own way to
say how kernels are started; papermill and nbval need not know. Where there is no fork server
(Windows), or where multiprocessing or Jupyter have changed, kernels start as they always do.
"""

import multiprocessing
import os
import signal
import threading

NAME = "forked"
# Threads of libraries: a fork would copy their locks but not them. pandas starts them on import, so
# they are told before.
UNTHREADED = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


def fork_kernels() -> bool:
    """From now on kernels that this process starts are forked; False where that cannot be (no fork
    server, a folder for temporary files whose name is too long for a socket, another Jupyter). The
    imports begin at once, beside what the caller does next. The caller's main module is imported by
    each kernel again, as multiprocessing does it: it must not start kernels when it is."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or not _start_server():
        return False
    skip_grammar()
    return _tell_jupyter()


def _start_server() -> bool:
    """Whether the process that kernels are forked from runs."""
    before = {name: os.environ.get(name) for name in UNTHREADED}
    os.environ.update(UNTHREADED)
    try:
        from multiprocessing import forkserver

        multiprocessing.get_context("forkserver").set_forkserver_preload(["helpers.warm"])
        forkserver.ensure_running()
    except (OSError, ImportError, AttributeError):
        return False
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    return True


def _tell_jupyter() -> bool:
    """Whether Jupyter could be told to start kernels by helpers.provisioner."""
    from importlib.metadata import EntryPoint

    try:
        from jupyter_client.provisioning import KernelProvisionerFactory

        from helpers.provisioner import ForkedKernels  # noqa: F401  (it must fit this Jupyter)

        factory = KernelProvisionerFactory.instance()
        factory.provisioners[NAME] = EntryPoint(
            NAME, "helpers.provisioner:ForkedKernels", factory.GROUP_NAME
        )
        factory.default_provisioner_name = NAME
    except (ImportError, AttributeError, TypeError):
        return False
    return True


def skip_grammar() -> None:
    """Spare this process the grammar of international addresses that jsonschema builds when it is
    first imported: more than a second, and neither notebooks nor Jupyter's events hold such an
    address. For the time of that import the grammar seems not to be installed; a jsonschema that
    cannot do without it is imported anew by whoever needs it."""
    import sys  # here, for the tests run this function's source by itself in their workers

    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        pass
    finally:
        del sys.modules["rfc3987_syntax"]


def serve_kernel(
    arguments: list[str], folder: str, environment: dict[str, str], quiet: bool
) -> None:
    """What a forked process does: be an IPython kernel, as `python -m ipykernel_launcher` is one,
    until it is told to end or whoever started it is gone."""
    os.setsid()  # Ctrl-C in a terminal reaches a whole session; who started a kernel stops it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    if quiet:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    from ipykernel.kernelapp import launch_new_instance
    from tqdm import tqdm

    # Its own lock is for several processes, and would be reported as left behind.
    tqdm.set_lock(threading.RLock())
    # 1: nobody to watch; the fork server outlives its user.
    launch_new_instance(argv=[*arguments, "--IPKernelApp.parent_handle=1"])


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os.killpg(os.getpid(), signal.SIGKILL)


def end_kernels() -> None:
    """Stop at once every kernel that was forked for this process."""
    for process in multiprocessing.active_children():
        process.kill()
