"""Compares what k6 sent with what the service has stored, read back over HTTP.

    reconcile.py [--settle SECONDS] URL RESULT...

Each RESULT is what a script of k6/ wrote. Of its run it must hold: acknowledged <= stored <= acknowledged + unknown, and of
distinct errors the same. What is not there yet is waited for, while the service still stores. With --settle the first look is
taken after so many seconds, so that counts have gone from Redis to MySQL. Writes what it found into RESULT. Exits with 1 when
something differs. ADMIN_TOKEN, a token alone, is sent when it is set.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

REQUEST_LIMIT_S = 30
WAIT_LIMIT_S = 300
# With nothing in the queue and the same figures for so long, nothing more will come.
QUIET_S = 10
POLL_S = 0.5
PAGE_ROWS = 500


class Failure(Exception):
    """What is wrong, for people."""


class Service:
    """What can be asked about a run."""

    def __init__(self, url, token):
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path, **parameters):
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value is not None})
        request = urllib.request.Request(f"{self.url}{path}?{query}" if query else f"{self.url}{path}", headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_LIMIT_S) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 503:
                return None
            raise Failure(f"GET {path} is answered {error.code}: {error.read(300).decode(errors='replace')}") from error
        except OSError as error:
            raise Failure(f"GET {path}: {error}") from error

    def errors(self, project):
        """(occurrences, distinct errors) of a project; None when they cannot be read now."""
        counts, cursor = {}, None
        deadline = time.monotonic() + WAIT_LIMIT_S
        while True:
            page = self.get("/errors", project=project, limit=PAGE_ROWS, cursor=cursor)
            # Without the fast store the figures are those of the last sync.
            if page is None or page.get("live") is False:
                return None
            # What is not yet in MySQL may be seen on two pages.
            counts.update((row["fingerprint"], row["count"]) for row in page["errors"])
            cursor = page["nextCursor"]
            if cursor is None:
                return sum(counts.values()), len(counts)
            if time.monotonic() > deadline:
                raise Failure(f"the list of {project} does not end within {WAIT_LIMIT_S} s")

    def views(self, site):
        """(views, None) of a site; None when they cannot be read now."""
        stats = self.get("/stats", site_id=site)
        return None if stats is None else (stats["total_views"], None)

    def queue(self, name):
        """What waits in a queue, and its dead letters; None for what is not known."""
        pipelines = (self.get("/pipelines") or {}).get("pipelines", [])
        found = next((pipeline for pipeline in pipelines if pipeline["name"] == name), {})
        return found.get("depth"), found.get("deadLetters")


class Expected:
    """From which figure to which what is stored may be."""

    def __init__(self, result):
        unknown = result["sent"] - result["acknowledged"] - result["refused"]
        self.items = (result["acknowledged"], result["acknowledged"] + unknown)
        self.distinct = None
        if result["stored"] == "errors":
            unique = result["acknowledged_unique"]
            hot = result["acknowledged"] - unique
            # Every user sends the kinds in turn. When more was sent than all users together can send without having had every kind, and
            # all of it was taken, every kind is stored.
            sure = unknown == 0 and result["refused"] == 0 and hot >= result["users"] * result["kinds"]
            least = result["kinds"] if sure else min(1, hot)
            self.distinct = (unique + least, unique + result["kinds"] + unknown)

    def allows(self, figures):
        items, distinct = figures
        return within(items, self.items) and (self.distinct is None or within(distinct, self.distinct))


def within(value, bounds):
    return bounds[0] <= value <= bounds[1]


def words(bounds):
    return str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"


def settled(service, result):
    """The figures, once they are what is expected or will not change any more."""
    expected = Expected(result)
    read = service.errors if result["stored"] == "errors" else service.views
    begun = changed = time.monotonic()
    last = None
    while True:
        figures = read(result["run"])
        if figures is not None and expected.allows(figures):
            return figures
        now = time.monotonic()
        if figures is None or figures != last:
            last, changed = figures, now
        depth, _ = service.queue(result["stored"])
        if (depth == 0 and now - changed > QUIET_S) or now - begun > WAIT_LIMIT_S:
            return figures
        time.sleep(POLL_S)


def reconcile(service, path):
    """Whether a result agrees with what is stored; says so, and writes it down."""
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    expected = Expected(result)
    begun = time.monotonic()
    try:
        figures = settled(service, result)
        agrees = figures is not None and expected.allows(figures)
        told = told_of(expected, figures)
        if not agrees:
            depth, letters = service.queue(result["stored"])
            told += f"; queue {depth}, dead letters {letters}; run {result['run']}"
    except (Failure, OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as failure:
        figures, agrees, told = None, False, f"{type(failure).__name__}: {failure}"
    items, distinct = figures or (None, None)
    result.update(stored_items=items, stored_distinct=distinct, agrees=agrees)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2)
    name = os.path.splitext(os.path.basename(path))[0]
    print(f"    {name}: {'' if agrees else 'DIFFERENT: '}{told}; looked for {time.monotonic() - begun:.1f} s")
    return agrees


def told_of(expected, figures):
    items, distinct = figures or ("unreadable", None)
    told = f"acknowledged {words(expected.items)}, stored {items}"
    return told if expected.distinct is None else f"{told}; in {words(expected.distinct)} errors, stored {distinct}"


def main(arguments):
    settle_s = 0
    if arguments[:1] == ["--settle"]:
        settle_s, arguments = float(arguments[1]), arguments[2:]
    if len(arguments) < 2:
        sys.exit(__doc__)
    service = Service(arguments[0], os.environ.get("ADMIN_TOKEN"))
    # An earlier look is not an answer to this one, should it not come to its end.
    for path in arguments[1:]:
        with open(path, encoding="utf-8") as file:
            result = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(result | {"agrees": False}, file, indent=2)
    time.sleep(settle_s)
    # Not all() of a generator: every one is looked at.
    return 0 if all([reconcile(service, path) for path in arguments[1:]]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
