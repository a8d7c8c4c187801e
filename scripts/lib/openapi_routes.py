"""Checks that docs/openapi.yaml and the service know the same routes.

    openapi_routes.py SERVICE_URL FINGERPRINT

FINGERPRINT is one of a stored error. Tokens come from ADMIN_TOKEN and INGEST_TOKEN. Prints every difference; ends with 1 when
there is one.
"""

import json
import os
import pathlib
import re
import sys

import requests
import yaml

DOCUMENT = pathlib.Path("docs/openapi.yaml")
SOURCES = pathlib.Path("Sources/ErrorIngest/HTTP")
LANE = pathlib.Path("Sources/AcceptLane/IngestRoute.swift")
# One route for each kind of facet.
FACETS = pathlib.Path("Sources/Ingest/Reading/FacetPage+json.swift")
FACET_PATH = r"\(kind.listName)"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def documented():
    """(method, path template) of every operation."""
    paths = yaml.safe_load(DOCUMENT.read_text())["paths"]
    return {(method, path) for path, item in paths.items() for method in item if method in METHODS}


def in_sources():
    """(method, path template) of every route that the program registers."""
    found = set()
    for file in sorted(SOURCES.glob("*.swift")):
        text = file.read_text()
        for method, path in re.findall(r'\brouter\.(get|put|post|delete|options|head|patch)\(\s*"([^"]+)"', text):
            if path != FACET_PATH:
                found.add((method, "/" + path.lstrip("/")))
    for name in re.findall(r'case \.\w+: "(\w+)"', FACETS.read_text()):
        found.add(("get", "/" + name))
    # The fast lane names its routes by their templates and takes POST and preflights.
    for path in re.findall(r'case \.\w+: "(/[^"]+)"', LANE.read_text()):
        found |= {("post", path), ("options", path)}
    return found


def is_known(service, fingerprint, method, path):
    """Whether the service answers as a route does: neither an unknown path nor a method it does not take."""
    headers = {"Authorization": "Bearer " + os.environ["ADMIN_TOKEN"]}
    body = None
    if method == "post":
        headers = {"Authorization": "Bearer " + os.environ["INGEST_TOKEN"]}
        body = json.dumps({"message": "is this route known?"})
    if path.startswith("/admin/"):
        headers = {"Authorization": "Bearer " + os.environ["ADMIN_TOKEN"]}
        body = json.dumps({"letters": [{"queue": "errors", "key": "00"}]})
    if method == "patch":
        body = json.dumps({"status": "unresolved"})
    # No letter has this key: a route that is there says that it is none.
    target = path.replace("{fingerprint}", fingerprint).replace("{queue}", "errors").replace("{key}", "none")
    answer = requests.request(method, service + target, data=body, headers=headers, timeout=10)
    return answer.status_code not in (404, 405)


def main(service, fingerprint):
    problems = []
    document, sources = documented(), in_sources()
    for method, path in sorted(sources - document):
        problems.append(f"{method.upper()} {path}: the program has it, docs/openapi.yaml does not")
    for method, path in sorted(document):
        if not is_known(service, fingerprint, method, path):
            problems.append(f"{method.upper()} {path}: docs/openapi.yaml has it, the service does not")
    served = requests.get(service + "/openapi.yaml", timeout=10)
    if served.content != DOCUMENT.read_bytes():
        problems.append("GET /openapi.yaml is not docs/openapi.yaml: build again")
    version = requests.get(service + "/health", timeout=10).json()["version"]
    if yaml.safe_load(served.content)["info"]["version"] != version:
        problems.append(f"docs/openapi.yaml is not of version {version}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"    {len(document)} operations, {len(sources)} of them found in the sources")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
