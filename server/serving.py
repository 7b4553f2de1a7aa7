"""The port, and the server processes behind it."""

import errno
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
import uvicorn
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from server.cannot_start import CannotStart
from server.limits.bounds import STAFF
from server.logs import configure_logs
from server.settings import Settings

GRACE_SECONDS = 5
# Longer than proxies keep a quiet connection, so that it is theirs to close: closed by us, it may
# carry a request just then, which would be lost.
_IDLE_SECONDS = 75
_PATIENCE_SECONDS = 15
_START_SECONDS = 60
_GLANCE_SECONDS = 0.1
_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}

log = structlog.get_logger("openpractice.serving")


def listen(settings: Settings, *, patiently: bool) -> socket.socket:
    """Take the port before anything is started, so that a busy one costs nobody any time.

    `patiently` waits for the server processes of a killed launcher, which end by themselves.
    Raises CannotStart when the port cannot be had.
    """
    deadline = time.monotonic() + (_PATIENCE_SECONDS if patiently else 0)
    while True:
        try:
            return socket.create_server(
                (settings.host, settings.port),
                family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET,
                backlog=2048,
            )
        except PermissionError as error:
            raise CannotStart(
                f"Port {settings.port} needs more rights than this user has: "
                "choose one above 1023 with --port."
            ) from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotStart(f"This machine has no address {settings.host}.") from error
            if time.monotonic() >= deadline:
                raise CannotStart(
                    f"Port {settings.port} on {settings.host} is already in use: "
                    "stop what is using it, or choose another with --port."
                ) from error
        time.sleep(_GLANCE_SECONDS)


def serve(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal; `ready` is called once when requests are answered.

    Raises CannotStart when the application does not come up (the log says why).
    """
    config = uvicorn.Config(
        "server.serving:application",
        factory=True,
        workers=settings.workers,
        loop="uvloop",
        http="server.event_streams.transport:StreamProtocol",
        ws="server.sockets.transport:QuickProtocol",
        ws_max_size=STAFF.frame_bytes,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
    )
    os.environ.update(settings.as_environment())
    if settings.workers == 1:
        # One process cannot be replaced while it serves; who asks for that does not end it.
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        alone = Alone(config, ready)
        alone.run([listener])
        came_up = alone.started
    else:
        several = Several(config, listener, ready)
        several.run()
        came_up = several.came_up
    if not came_up:
        raise CannotStart("The server could not start; what it said stands above.")


class Alone(uvicorn.Server):
    """One server in this very process."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class Several(Multiprocess):
    """Several server processes on one port; one that dies is replaced.

    SIGUSR1 replaces all of them, one after the other, by processes that read the program anew.
    """

    def __init__(
        self, config: uvicorn.Config, listener: socket.socket, ready: Callable[[], None]
    ) -> None:
        super().__init__(config, [listener])
        self._ready = ready
        self._listener = listener
        self._leaving: list[Process] = []
        self.came_up = False

    def init_processes(self) -> None:
        super().init_processes()
        self.came_up = all(process.wait_until_ready(_START_SECONDS) for process in self.processes)
        if self.came_up:
            self._ready()
        else:
            self.should_exit.set()

    def handle_hup(self) -> None:
        """A closed terminal means the end here, not new processes."""
        self.should_exit.set()

    def handle_usr1(self) -> None:
        """Each process goes when its successor serves, so that nobody is turned away."""
        for place, old in enumerate(self.processes):
            new = Process(self.config, self.sockets)
            new.start()
            if not self._comes_up(new):
                new.kill()
                new.join()
                log.error("the new server process did not come up; those that were there stay")
                return
            self.processes[place] = new
            old.terminate()  # its clients are told over some seconds; nobody waits for that here
            self._leaving.append(old)

    def keep_subprocess_alive(self) -> None:
        self._leaving = [process for process in self._leaving if process.process.is_alive()]
        super().keep_subprocess_alive()

    def terminate_all(self) -> None:
        # In this process nobody answers: who came to its copy of the port would wait in vain.
        self._listener.close()
        super().terminate_all()

    def join_all(self) -> None:
        super().join_all()
        for process in self._leaving:
            process.join()

    def _comes_up(self, process: Process) -> bool:
        """Whether it serves; no as soon as all are to end."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.process.is_alive():
            if not _ENDING.isdisjoint(self.signal_queue):
                return False
            if process.is_ready(timeout=1):
                return True
            time.sleep(_GLANCE_SECONDS)
        return False


def application() -> Any:
    """What uvicorn runs in each server process, from the settings in its environment."""
    from server.app import create_app

    settings = Settings()
    configure_logs(settings)
    _end_with_the_launcher()
    return create_app(settings)


def _end_with_the_launcher() -> None:
    """A launcher killed by -9 cannot stop its server processes: each watches for that itself."""
    launcher = multiprocessing.parent_process()
    if launcher is not None:
        threading.Thread(target=_watch, args=(launcher.join,), daemon=True).start()


def _watch(wait: Callable[[], None]) -> None:
    wait()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS + 3)
    os._exit(1)
