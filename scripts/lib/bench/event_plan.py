"""Events for a backlog: each differs from all others, so that rows and statistics are those of a real load."""

import json
import random
import time

SITES, PATHS, USERS, DAYS = 100, 1_000, 10_000, 30


def batches(count: int, size: int):
    """`count` events in bodies of `size`; the same ones in each run but for their times, which end now."""
    draws = random.Random(17)
    now = time.time()
    for first in range(0, count, size):
        events = []
        for number in range(first, min(first + size, count)):
            page = draws.randrange(PATHS)
            occurred = now - DAYS * 86_400 * (1 - number / count)
            event = {
                "site_id": f"site-{draws.randrange(SITES)}",
                "event_type": "click" if draws.randrange(5) == 0 else "page_view",
                "path": f"/section-{page % 10}/page-{page}.html",
                "session_id": f"session-{number // 7}",
                "value": number,
                "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(occurred)),
            }
            if draws.randrange(10):
                event["user_id"] = f"user-{draws.randrange(USERS)}"
            events.append(event)
        yield json.dumps(events, separators=(",", ":")).encode()
