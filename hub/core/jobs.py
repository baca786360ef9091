"""What happens by the clock: each job at its own rhythm, once for all the workers.

The clock is the database's. A job that fails is logged and comes again at its next turn; it never
stops the others.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Q
from django.db.models.functions import Now

from hub.core.models import JobRun

logger = logging.getLogger(__name__)
# `run_worker --once` does every job of a shorter rhythm, however recent its last turn is.
SHORT = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """Something to do every so often, by its name; `aside` when it may take long."""

    name: str
    every: timedelta
    run: Callable[[], object]
    aside: bool = False


_jobs: dict[str, Job] = {}
_aside: dict[str, threading.Thread] = {}


def register(job: Job) -> None:
    """Add a job: called when its app is ready."""
    _jobs[job.name] = job


def run_due(*, once: bool = False) -> list[str]:
    """Run the jobs whose turn it is; return their names. Raises nothing but a database that is away.

    A job that may take long runs beside the others, unless this is the only round.
    """
    return [
        job.name
        for job in _jobs.values()
        if _begin(job, once=once) and (_run_aside(job) if job.aside and not once else _run(job))
    ]


def _begin(job: Job, *, once: bool) -> bool:
    """Take the turn of a job: True for one worker alone. Nothing is written before its time."""
    runs = JobRun.objects.filter(name=job.name)
    due = Q(began_at=None) | Q(began_at__lte=Now() - job.every)
    if once and job.every < SHORT:
        due = Q()
    if not runs.exists():
        JobRun.objects.get_or_create(name=job.name)
    return runs.filter(due).exists() and bool(runs.filter(due).update(began_at=Now()))


def _run(job: Job) -> bool:
    try:
        job.run()
    except DatabaseError:
        raise
    except Exception:
        logger.exception("the job %s failed", job.name)
        return False
    return True


def _run_aside(job: Job) -> bool:
    """Run a job in a thread of its own, with its own connection; never twice at a time."""
    if _aside.get(job.name) is None or not _aside[job.name].is_alive():
        _aside[job.name] = threading.Thread(target=_alone, args=[job], name=job.name, daemon=True)
        _aside[job.name].start()
    return True


def _alone(job: Job) -> None:
    try:
        _run(job)
    except DatabaseError:
        logger.exception("the job %s failed", job.name)
    finally:
        connection.close()
