"""Loaded by schemathesis: what docs/openapi.yaml uses that it does not know by itself."""

import schemathesis

# Lines of JSON are sent as they are.
schemathesis.serializer.alias("application/x-ndjson", "text/plain")
