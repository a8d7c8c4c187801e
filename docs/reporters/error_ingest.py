"""Reports a Python program's errors to ErrorIngest. Python 3.8 or later, standard library only.

    import error_ingest, logging
    handler = error_ingest.install("https://errors.example.com", service="shop-jobs", release="1.2.3")
    logging.getLogger("shop").exception("could not pay", extra={"order": 42})

`install` adds the handler to the root logger and reports uncaught exceptions of all threads; they end the program or the
thread as they would have.
"""
import atexit
import collections
import json
import logging
import os
import random
import sys
import threading
import time
import traceback
import urllib.error
import urllib.request
import uuid

MAX_QUEUE = 1000  # reports held; more are dropped and counted in handler.dropped
SEND_LIMIT_S = 10  # of one attempt
LEVELS = ((logging.CRITICAL, "fatal"), (logging.ERROR, "error"), (logging.WARNING, "warning"), (logging.INFO, "info"))
OWN_ATTRIBUTES = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class ErrorIngestHandler(logging.Handler):
    def __init__(
        self, url, token=None, service=None, environment=None, release=None, project=None, level=logging.ERROR,
        last_words_s=3,  # how long a finished program may still send
    ):
        super().__init__(level)
        self.dropped = 0
        self._target = url.rstrip("/") + "/errors/log"
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = "Bearer " + token
        self._common = {"service": service, "environment": environment, "release": release, "project": project}
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._start_anew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._start_anew)  # threads do not survive a fork
        atexit.register(self.flush_within, last_words_s)

    def _start_anew(self):
        self._changed = threading.Condition()
        self._queue = collections.deque()
        self._thread = None
        self._hurry = False
        self.createLock()

    def emit(self, record):
        """Queues the report of a log record. Never raises, never waits for the network."""
        try:
            body = json.dumps(self._report(record)).encode()
            with self._changed:
                if len(self._queue) >= MAX_QUEUE:
                    self.dropped += 1
                    return
                if self._thread is None:
                    thread = threading.Thread(target=self._run, name="error-ingest", daemon=True)
                    thread.start()
                    self._thread = thread
                self._queue.append(body)
                self._changed.notify_all()
        except Exception:  # a reporter must not make errors of its own
            self.dropped += 1

    def flush_within(self, limit_s):
        """Waits until everything is sent, at most `limit_s` seconds; True if it is."""
        with self._changed:
            self._hurry = True  # one attempt at once, whatever wait is under way
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._queue, limit_s)

    def _report(self, record):
        context = {key: _plain(value) for key, value in record.__dict__.items() if key not in OWN_ATTRIBUTES}
        context.update(logger=record.name, place="%s:%s" % (record.pathname, record.lineno))
        message = record.getMessage()
        report = {key: value for key, value in self._common.items() if value}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            kind = type(error)
            report["type"] = kind.__qualname__ if kind.__module__ == "builtins" else kind.__module__ + "." + kind.__qualname__
            # With the causes ("The above exception was the direct cause …"); the end is where the error happened.
            report["stackTrace"] = "".join(traceback.format_exception(kind, error, error.__traceback__))[-64000:]
            context["log"] = message[:2000]
            message = str(error) or message
        report.update(
            message=message[:8000] or "(no message)",
            level=next((name for level, name in LEVELS if record.levelno >= level), "debug"),
            timestamp=int(record.created * 1000),
            eventId=str(uuid.uuid4()),  # the same in every attempt: the service counts it once
            context=context if len(json.dumps(context)) < 16000 else {"logger": record.name},
        )
        return report

    def _run(self):
        failures = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue)
                body = self._queue[0]
            is_done, retry_after_s = self._send(body)
            with self._changed:
                if is_done:
                    failures = 0
                    self._queue.popleft()
                    self._changed.notify_all()
                else:
                    failures += 1
                    delay_s = retry_after_s + random.uniform(0, min(60, 0.25 * 2 ** min(failures, 20)))
                    self._changed.wait_for(lambda: self._hurry, delay_s)
                    self._hurry = False

    def _send(self, body):
        """One attempt. Returns whether the report is done with, and what Retry-After asks for."""
        try:
            request = urllib.request.Request(self._target, body, self._headers)
            with self._opener.open(request, timeout=SEND_LIMIT_S) as response:
                response.read(65536)
                return response.status == 200, 0
        except urllib.error.HTTPError as error:
            with error:
                if error.code in (400, 413, 422):  # for what it holds: again will not help
                    self.dropped += 1
                    return True, 0
                text = error.headers.get("Retry-After") or ""
                return False, min(int(text), 300) if text.isdecimal() else 0
        except Exception:  # no answer: nobody knows whether it was taken, and the event id makes it safe to send again
            return False, 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None  # a redirection would take the token elsewhere


def _plain(value):
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value)[:4000]


def install(url, **options):
    """Adds a handler to the root logger and to the hooks for uncaught exceptions. Returns the handler."""
    handler = ErrorIngestHandler(url, **options)
    logging.getLogger().addHandler(handler)
    previous, previous_in_thread = sys.excepthook, threading.excepthook

    def report(kind, error, trace, where):
        if not issubclass(kind, (KeyboardInterrupt, SystemExit)):
            record = logging.LogRecord("uncaught", logging.CRITICAL, where, 0, "uncaught exception", None, (kind, error, trace))
            handler.emit(record)

    def hook(kind, error, trace):
        report(kind, error, trace, "main thread")
        previous(kind, error, trace)

    def hook_in_thread(event):
        report(event.exc_type, event.exc_value, event.exc_traceback, event.thread.name if event.thread else "thread")
        previous_in_thread(event)

    sys.excepthook, threading.excepthook = hook, hook_in_thread
    return handler
