"""Loaded by schemathesis: what docs/openapi.yaml uses that it does not know by itself."""

import schemathesis
from hypothesis import strategies

# Lines of JSON are sent as they are.
schemathesis.serializer.alias("application/x-ndjson", "text/plain")

# The time of an event is from 1970 to five minutes ahead, which a schema cannot say.
schemathesis.openapi.format(
    "past-date-time",
    strategies.builds(
        "{:04}-{:02}-{:02}{}".format,
        strategies.integers(1970, 2024),
        strategies.integers(1, 12),
        strategies.integers(1, 28),
        strategies.sampled_from(["", "T00:00:00Z", "T23:59:59.999+05:45", " 10:20", "T06:07:08,9-0330"]),
    ),
)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """What is generated, not what the document says."""
    time = raw_schema["components"]["schemas"]["Event"]["properties"]["timestamp"]
    del time["anyOf"]
    time.update(type="string", format="past-date-time")
