"""Checks docker/ as far as it goes without a container runtime.

    docker_checks.py static BINARY     the files agree with each other, with the program and with our rules
    docker_checks.py packages          prints the packages of the run stage, one a line
    docker_checks.py libraries BINARY  the libraries of BINARY come from those packages

Prints every problem; ends with 1 when there is one. Needs PyYAML. To be started at the top of the repository.
"""

import fnmatch
import json
import pathlib
import re
import shlex
import subprocess
import sys

import yaml

FOLDER = pathlib.Path("docker")
COMPOSE = FOLDER / "compose.yaml"
DOCKERFILE = FOLDER / "Dockerfile"
IGNORE = FOLDER / "Dockerfile.dockerignore"
EXAMPLE = FOLDER / ".env.example"
# Of the image, but not for our program.
LOADER_KEYS = {"LD_PRELOAD", "MALLOC_CONF"}
SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|KEY")
SETTING = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.M)
VARIABLE = re.compile(r"\$\{([A-Z_]+)(:?[-?])?([^}]*)\}")


def compose():
    return yaml.safe_load(COMPOSE.read_text())


def instructions():
    """(instruction, arguments) of the Dockerfile, continuation lines joined."""
    text = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(), flags=re.M))
    for line in text.splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word.upper(), rest.strip()


def stages():
    """The instructions of each stage."""
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        if found:
            found[-1].append((word, rest))
    return found


def packages():
    """What the run stage installs."""
    for word, rest in stages()[-1]:
        match = re.search(r"apt-get install (.*?)(?:&&|$)", rest)
        if word == "RUN" and match:
            return [name for name in shlex.split(match.group(1)) if not name.startswith("-")]
    return []


def image_environment():
    pairs = {}
    for word, rest in stages()[-1]:
        if word == "ENV":
            pairs.update(pair.split("=", 1) for pair in shlex.split(rest))
    return pairs


def is_ours(service):
    return service["image"].startswith("error-ingest:")


def configuration_keys(binary):
    text = subprocess.run(
        [binary, "configuration", "--markdown"], check=True, capture_output=True, text=True, timeout=20
    ).stdout
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.M)) | {"CONFIG_FILE"}


def is_ignored(path):
    """Whether the build context leaves the path out. The last rule that fits decides, for the path or a folder above it."""
    ignored = False
    for rule in IGNORE.read_text().split("\n"):
        if not rule or rule.startswith("#"):
            continue
        folders = [path, *path.parents]
        if any(fnmatch.fnmatchcase(str(each), rule.lstrip("!")) for each in folders):
            ignored = not rule.startswith("!")
    return ignored


def image_problems():
    build, run = stages()[0], stages()[-1]
    names = set()
    for stage in stages():
        image, *alias = stage[0][1].split()
        if ":" not in image or image.endswith(":latest"):
            yield f"FROM {image}: name a version"
        names.update(alias[1:])
    for word, rest in (line for stage in stages() for line in stage):
        if word == "ADD":
            yield "ADD: use COPY"
        if word == "COPY":
            parts = shlex.split(rest)
            source = next((part.split("=")[1] for part in parts if part.startswith("--from=")), None)
            if source is not None:
                if source not in names:
                    yield f"COPY {rest}: there is no stage {source}"
                continue
            for name in (part for part in parts[:-1] if not part.startswith("--")):
                if not pathlib.Path(name).exists():
                    yield f"COPY {rest}: {name} is not there"
                elif is_ignored(pathlib.Path(name)):
                    yield f"COPY {rest}: {IGNORE.name} leaves {name} out"
        if word == "RUN" and "apt-get install" in rest:
            if "--no-install-recommends" not in rest or " -y" not in rest or "rm -rf /var/lib/apt/lists" not in rest:
                yield f"RUN {rest[:60]}…: apt-get install wants -y, --no-install-recommends and its lists removed"
        if word in ("CMD", "ENTRYPOINT") and not rest.startswith("["):
            yield f"{word} {rest}: a shell would swallow signals; write a JSON array"
    if not any(word == "RUN" and "swift build" in rest and "--static-swift-stdlib" in rest for word, rest in build):
        yield "the build stage does not link the standard library statically"
    words = dict(run)
    if not re.fullmatch(r"[1-9][0-9]{3,}:[1-9][0-9]{3,}", words.get("USER", "")):
        yield "the run stage has no USER with fixed numbers other than root's"
    if words.get("STOPSIGNAL") != "SIGTERM":
        yield "STOPSIGNAL is not SIGTERM"
    for label in ("title", "description", "licenses", "version", "revision"):
        if f"org.opencontainers.image.{label}=" not in words.get("LABEL", ""):
            yield f"the label {label} is missing"
    if "libjemalloc" not in image_environment().get("LD_PRELOAD", "") or "libjemalloc2" not in packages():
        yield "jemalloc is not preloaded, or not installed"


def compose_problems():
    document = compose()
    health = next((rest for word, rest in stages()[-1] if word == "HEALTHCHECK"), "")
    for name, service in document["services"].items():
        if not re.search(r":[^/:]*[0-9][^/:]*$", re.sub(r"\$\{[^}]*:-([^}]*)\}", r"\1", service["image"])):
            yield f"{name}: the image has no version"
        for rule, holds in {
            "cap_drop: [ALL]": service.get("cap_drop") == ["ALL"],
            "no-new-privileges": "no-new-privileges:true" in service.get("security_opt", []),
            "read_only": service.get("read_only") is True,
            "a limit of memory": "memory" in service.get("deploy", {}).get("resources", {}).get("limits", {}),
            "a limit of its log": "max-size" in service.get("logging", {}).get("options", {}),
            "a user": is_ours(service) or re.fullmatch(r"[1-9][0-9]*:[1-9][0-9]*", service.get("user", "")),
            "stop_grace_period": "stop_grace_period" in service,
            "no privileges": not service.get("privileged") and "cap_add" not in service,
        }.items():
            if not holds:
                yield f"{name}: {rule} is missing"
        for volume in service.get("volumes", []):
            source, target, *mode = volume.split(":")
            if source.startswith("."):
                if not (FOLDER / source).exists():
                    yield f"{name}: {source} is not there"
                if mode != ["ro"]:
                    yield f"{name}: {source} is not mounted read-only"
            elif source not in document["volumes"]:
                yield f"{name}: there is no volume {source}"
        for network in service.get("networks", ["default"]):
            if network not in document["networks"]:
                yield f"{name}: there is no network {network}"
        for other, how in service.get("depends_on", {}).items():
            condition = how["condition"]
            if other not in document["services"]:
                yield f"{name}: depends on {other}, which is not there"
            elif condition == "service_healthy" and "test" not in document["services"][other].get("healthcheck", {}):
                yield f"{name}: waits for the health of {other}, which has no check"
        runs_once = service.get("restart") == "no"
        if not runs_once:
            test = service.get("healthcheck", {}).get("test", [])
            if not test:
                yield f"{name}: no health check"
            elif is_ours(service) and json.dumps(test[1:]) != health.partition("CMD ")[2]:
                yield f"{name}: the health check is not that of the Dockerfile"
        if is_ours(service):
            build = service["build"]
            if not (FOLDER / build["context"] / build["dockerfile"]).exists():
                yield f"{name}: {build['dockerfile']} is not there"
            limits = service["deploy"]["resources"]["limits"]
            if (limits["memory"], limits["cpus"]) != ("256M", "1.5"):
                yield f"{name}: the limits are not 256M and 1.5 CPUs"
        elif "ports" in service or service["networks"] != ["stores"] or document["networks"]["stores"] != {"internal": True}:
            yield f"{name}: a store that others can reach"
    for name in ("api", "worker", "sync"):
        needs = document["services"][name]["depends_on"]
        wanted = {"redis": "service_healthy", "mariadb": "service_healthy", "migrate": "service_completed_successfully"}
        if {other: how["condition"] for other, how in needs.items()} != wanted:
            yield f"{name}: does not wait for healthy stores and the schema"


def variable_problems():
    text = "\n".join(line for line in COMPOSE.read_text().split("\n") if not line.strip().startswith("#"))
    example = EXAMPLE.read_text()
    offered = set(re.findall(r"^#?([A-Z_]+)=", example, flags=re.M))
    used = set()
    for name, operator, rest in VARIABLE.findall(text):
        used.add(name)
        if SECRET.search(name) and operator in (":-", "-") and rest:
            yield f"${{{name}}}: a secret has no default"
        if SECRET.search(name) and operator == "":
            yield f"${{{name}}}: say :? so that it cannot be forgotten, or - when it may be empty"
        if name not in offered:
            yield f"${{{name}}} is not in {EXAMPLE}"
    for name in sorted(offered - used):
        yield f"{EXAMPLE}: nobody uses {name}"
    for name, value in re.findall(r"^([A-Z_]+)=(.+)$", example, flags=re.M):
        yield f"{EXAMPLE}: {name} has a value that many will keep"


def redis_user_problems():
    """The service's user in Redis has the rights that docs/exposing.md names, which the tests prove enough."""
    rule = re.compile(r"^user error-ingest on \S+ (.*)$", re.M)
    documented = rule.search(pathlib.Path("docs/exposing.md").read_text())
    given = rule.search((FOLDER / "redis/start.sh").read_text())
    if not documented or not given or documented[1] != given[1]:
        yield f"{FOLDER / 'redis/start.sh'}: the user error-ingest is not that of docs/exposing.md"


def key_problems(binary):
    known = configuration_keys(binary)
    if len(known) < 20:
        yield f"only {len(known)} configuration keys found in {binary}"
    for name, service in compose()["services"].items():
        if is_ours(service):
            for key in set(service["environment"]) - known:
                yield f"{name}: {key} is no configuration key"
            if "settings.env" not in service.get("env_file", []):
                yield f"{name}: does not read settings.env, which README.md names"
    for key in SETTING.findall((FOLDER / "settings.env").read_text()):
        if key not in known:
            yield f"{FOLDER / 'settings.env'}: {key} is no configuration key"
    for key in set(image_environment()) - known - LOADER_KEYS:
        yield f"{DOCKERFILE}: {key} is no configuration key"


def owner(library):
    """The package a file belongs to; the same file is known below / or /usr."""
    path = pathlib.Path(library)
    real = path.resolve()
    for candidate in (path, real, pathlib.Path("/usr", *path.parts[1:]), pathlib.Path("/", *real.parts[2:])):
        found = subprocess.run(["dpkg", "-S", str(candidate)], capture_output=True, text=True, timeout=60)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return None


def library_problems(binary):
    listed = {*packages(), "libc6"}
    output = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True, timeout=60).stdout
    if "not found" in output:
        yield "ldd: " + "; ".join(line.strip() for line in output.splitlines() if "not found" in line)
    checked = 0
    for library in re.findall(r"=> (/\S+)", output):
        # The toolchain's own: linked statically in the image.
        if "/swift/linux/" in library:
            continue
        checked += 1
        package = owner(library)
        if package not in listed:
            yield f"{library} belongs to {package}, which the run stage does not install"
    print(f"    {checked} libraries of {binary} come with the packages of the run stage")


def main(command, *arguments):
    if command == "packages":
        print("\n".join(packages()))
        return 0
    if command == "static":
        problems = [
            *image_problems(),
            *compose_problems(),
            *variable_problems(),
            *redis_user_problems(),
            *key_problems(*arguments),
        ]
    elif command == "libraries":
        problems = [*library_problems(*arguments)]
    else:
        problems = [f"unknown command {command}"]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
