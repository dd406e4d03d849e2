"""Provisioner: how Jupyter starts, watches and ends a kernel of helpers.kernels. Apart, because
Jupyter's client takes long to import."""

import os
from multiprocessing.context import ForkServerProcess

from jupyter_client.provisioning import LocalProvisioner

from helpers.kernels import serve_kernel

# The module that a kernelspec of ipykernel runs; other kernels start as they always do.
LAUNCHER = "ipykernel_launcher"


class ForkedKernel(ForkServerProcess):
    """A forked kernel with what Jupyter asks of a subprocess.Popen."""

    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self.exitcode

    def wait(self) -> int | None:
        """The exit code, when it has ended."""
        self.join()
        return self.exitcode

    def send_signal(self, number: int) -> None:
        """As os.kill, to this kernel."""
        if self.pid:
            os.kill(self.pid, number)


class ForkedKernels(LocalProvisioner):
    """Starts kernels by fork, and ends them without the waiting that a kernel on another machine
    may need."""

    async def launch_kernel(self, cmd: list[str], **kwargs):
        """Start a kernel by its command line; how to connect to it comes back."""
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        folder, environment, quiet = (
            str(kwargs.get("cwd") or os.getcwd()),
            kwargs.get("env") or dict(os.environ),
            kwargs.get("stderr") is not None,
        )
        kernel = ForkedKernel(
            target=serve_kernel, args=(cmd[cmd.index(LAUNCHER) + 1 :], folder, environment, quiet)
        )
        kernel.start()
        self.process = kernel  # type: ignore[assignment]  # as good as a Popen, see ForkedKernel
        self.pid = self.pgid = kernel.pid  # it leads a session of its own
        self.cwd = folder
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait until it is gone."""
        await super().kill(restart)
        if isinstance(self.process, ForkedKernel):
            # A moment; else its manager would look again after a tenth of a second.
            self.process.join()
