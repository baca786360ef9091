"""The production server: processes with threads, and one worker for the scheduled hours."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hub import environment

_ENV = environment.read()
workers = _ENV["HUB_WORKERS"]
worker_class = "gthread"
threads = _ENV["HUB_THREADS"]
timeout = 60
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
limit_request_line = 8190
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
accesslog = None
control_socket_disable = True
proc_name = "hub"

_scheduler: subprocess.Popen[bytes] | None = None


def when_ready(server: Any) -> None:
    global _scheduler
    manage = Path(__file__).resolve().parent.parent / "manage.py"
    _scheduler = subprocess.Popen([sys.executable, str(manage), "run_worker"])


def on_exit(server: Any) -> None:
    if _scheduler is not None and _scheduler.poll() is None:
        _scheduler.terminate()
        _scheduler.wait(timeout=10)
