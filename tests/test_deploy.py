"""The container files against what the code reads: names, ports, variables, who runs as whom and reaches whom."""

from __future__ import annotations

import dataclasses
import re
import shlex
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.cli import dixit
from assistant.cli.working import GRACE
from assistant.server.paths import HEALTH, METRICS, READY
from assistant.settings import AssistantSettings
from index.settings import PREFIX, IndexSettings

ROOT = Path(__file__).parents[1]
FILES = ("Dockerfile", "compose.yaml", "deploy/Caddyfile", "deploy/chroma-gate.Caddyfile", "deploy/example.env")
KNOWN = {
    PREFIX + field.name.upper() for kind in (IndexSettings, AssistantSettings) for field in dataclasses.fields(kind)
}
APPS = ("app-1", "app-2")
WORKERS = ("worker-1", "worker-2")
USED_BY_CHROMAS_CLIENT = [
    ("GET", "/api/v2/tenants/newsroom"), ("POST", "/api/v2/tenants"), ("GET", "/api/v2/tenants/newsroom/databases/d"),
    ("POST", "/api/v2/tenants/newsroom/databases"), ("POST", "/api/v2/tenants/newsroom/databases/d/collections"),
    ("PUT", "/api/v2/tenants/newsroom/databases/d/collections/1"), ("GET", "/api/v2/pre-flight-checks"),
    ("DELETE", "/api/v2/tenants/newsroom/databases/d/collections/units"),
    ("POST", "/api/v2/tenants/newsroom/databases/d/collections/1/upsert"),
    ("GET", "/api/v2/tenants/newsroom/databases/d/collections/1/count"),
]  # fmt: skip


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


@pytest.fixture(scope="module")
def stage() -> list[tuple[str, str]]:
    """The instructions of the image's last stage."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M).replace("\\\n", " ")
    lines = [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in text.splitlines() if line)]
    last = max(number for number, (name, _) in enumerate(lines) if name == "FROM")
    return lines[last:]


def read(name: str) -> str:
    return (ROOT / name).read_text()


def networks(service: dict[str, Any]) -> set[str]:
    return set(service["networks"])


@pytest.mark.parametrize("name", FILES)
def test_every_variable_of_dixits_is_a_setting(name: str) -> None:
    assert set(re.findall(r"\bDIXIT_[A-Z_]+", read(name))) <= KNOWN


def test_the_image_runs_as_nobody_in_particular_on_the_ports_and_folders_that_are_set(
    stage: list[tuple[str, str]],
) -> None:
    names = [name for name, _ in stage]
    users = [rest for name, rest in stage if name == "USER"]
    assert users
    assert not any(re.match(r"(root|0)\b", user) for user in users)
    assert names.index("USER") < names.index("CMD")
    assert dict(stage)["EXPOSE"] == str(AssistantSettings().port)
    variables = dict(each.split("=", 1) for name, rest in stage if name == "ENV" for each in shlex.split(rest))
    made = next(rest for name, rest in stage if name == "RUN" and "install -d" in rest)
    assert variables["DIXIT_DATA"] == dict(stage)["VOLUME"]
    for folder in (variables["DIXIT_DATA"], variables["DIXIT_CACHE"]):
        assert folder in made.split()
    model = next(number for number, (name, rest) in enumerate(stage) if name == "RUN" and "dixit --data" in rest)
    assert names.index("USER") < model, "the model would be root's"
    assert names.index("ENV") < model, "the model would not be where it is looked for"
    assert HEALTH in dict(stage)["HEALTHCHECK"]


def test_what_is_copied_into_the_image_is_there_and_not_left_out() -> None:
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", read("Dockerfile"), re.M)
        for source in line.split()[:-1]
    ]
    let_in = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / source).exists() for source in copied)


def test_the_proxy_alone_is_reached_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, service in compose["services"].items() if "ports" in service} == {"proxy"}
    assert not any("network_mode" in service or "privileged" in service for service in compose["services"].values())


def test_who_reaches_chroma_and_postgresql(compose: dict[str, Any]) -> None:
    services = compose["services"]
    among = {
        net: {name for name, service in services.items() if net in networks(service)} for net in compose["networks"]
    }
    assert among == {
        "front": {*APPS, *WORKERS, "proxy"},  # workers fetch addresses
        "engines": {*APPS, *WORKERS, "postgresql", "chroma-gate"},
        "vectors": {"chroma-gate", "chroma"},
    }
    assert compose["networks"]["engines"]["internal"] is True
    assert compose["networks"]["vectors"]["internal"] is True


def test_the_copies_find_their_engines_and_believe_their_proxy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["app-1"] == services["app-2"]
    told = services["app-1"]["environment"]
    assert told["DIXIT_PROXIES"] == services["proxy"]["networks"]["front"]["ipv4_address"]
    assert told["DIXIT_VECTORS_URL"] == "http://chroma-gate:8000"
    assert re.search(r"^:8000 \{", read("deploy/chroma-gate.Caddyfile"), re.M)
    assert "@postgresql/dixit" in told["DIXIT_CATALOG_URL"]
    assert services["postgresql"]["environment"]["POSTGRES_DB"] == "dixit"
    assert told["DIXIT_DATA"] == services["app-1"]["volumes"][0].split(":")[1]
    assert told["DIXIT_METRICS"] == "off"
    IndexSettings(vectors_url=told["DIXIT_VECTORS_URL"])


def test_workers_take_in_what_any_copy_queues(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["worker-1"] == services["worker-2"]
    worker, app = services["worker-1"], services["app-1"]
    assert worker["environment"] == app["environment"]
    assert app["environment"]["DIXIT_WORKERS"] == "1"
    assert worker["volumes"] == app["volumes"], "the bytes of what waits would lie where no worker finds them"
    program, command = worker["command"]
    assert program == "dixit"
    assert command in dixit.commands
    assert int(worker["stop_grace_period"].removesuffix("s")) > GRACE
    assert worker["healthcheck"] == {"disable": True}
    assert worker["cap_drop"] == ["ALL"]


def test_the_proxys_address_is_given_to_nobody_else(compose: dict[str, Any]) -> None:
    (config,) = compose["networks"]["front"]["ipam"]["config"]
    proxy = ip_address(compose["services"]["proxy"]["networks"]["front"]["ipv4_address"])
    assert proxy in ip_network(config["subnet"])
    assert proxy not in ip_network(config["ip_range"])
    assert ip_network(config["ip_range"]).subnet_of(ip_network(config["subnet"]))  # type: ignore[arg-type]


def test_every_secret_comes_from_outside_and_has_no_default(compose: dict[str, Any]) -> None:
    text = read("compose.yaml")
    used = dict(re.findall(r"\$\{([A-Z_]+)(:\?)?", text))
    assert set(used.values()) == {":?"}
    assert used.keys() == dict(re.findall(r"^([A-Z_]+)=(.*)$", read("deploy/example.env"), re.M)).keys()
    assert dict(re.findall(r"^(\w*(?:PASSWORD|TOKEN|SECRET)\w*)=(.*)$", read("deploy/example.env"), re.M)) == {
        "CATALOG_PASSWORD": "", "VECTORS_TOKEN": "", "COPY_SECRET": "",
    }  # fmt: skip


def test_each_image_is_of_a_version(compose: dict[str, Any]) -> None:
    images = {service["image"] for service in compose["services"].values()} - {"dixit"}
    assert all(re.fullmatch(r"[\w./-]+:\d[\w.-]*", image) for image in images), images
    installed = re.search(r"^chromadb==(.+)$", read("constraints.txt"), re.M)
    assert installed
    assert f"chromadb/chroma:{installed[1]}" in images, "server and client are of two versions"


def test_what_is_mounted_and_what_is_a_volume_is_there(compose: dict[str, Any]) -> None:
    mounted = [each.split(":")[0] for service in compose["services"].values() for each in service.get("volumes", [])]
    assert all((ROOT / each).is_file() for each in mounted if each.startswith("./"))
    assert {each for each in mounted if not each.startswith("./")} == compose["volumes"].keys()


def test_the_front_proxy_passes_to_all_copies_and_keeps_machines_answers_in(compose: dict[str, Any]) -> None:
    text = read("deploy/Caddyfile")
    (upstreams,) = re.findall(r"reverse_proxy (.+) \{", text)
    assert upstreams.split() == [f"{name}:{AssistantSettings().port}" for name in APPS]
    assert f"@machines path {HEALTH} {READY} {METRICS}" in text
    assert "respond @machines 404" in text
    assert f"health_uri {HEALTH}" in text
    assert set(re.findall(r"\{\$([A-Z_]+)\}", text)) <= compose["services"]["proxy"]["environment"].keys()
    assert AssistantSettings().max_upload_bytes == 1_000_000 * int(re.findall(r"max_size (\d+)MB", text)[0])


def test_the_door_to_chroma_asks_for_the_token_before_anything_else(compose: dict[str, Any]) -> None:
    text = read("deploy/chroma-gate.Caddyfile")
    assert '@nobody not header Authorization "Bearer {$VECTORS_TOKEN}"' in text
    route = re.search(r"route \{\n(.*?)\n\t\}", text, re.S)
    assert route
    assert [line.split()[0:2] for line in route[1].splitlines()] == [
        ["respond", "@nobody"], ["reverse_proxy", "@used"], ["respond", "404"],
    ]  # fmt: skip
    assert compose["services"]["chroma-gate"]["environment"] == {"VECTORS_TOKEN": "${VECTORS_TOKEN:?}"}


@pytest.mark.parametrize(("method", "path"), USED_BY_CHROMAS_CLIENT)
def test_the_door_to_chroma_lets_through_what_dixit_asks(method: str, path: str) -> None:
    assert is_let_through(method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v2/reset"), ("POST", "/api/v1/collections"), ("GET", "/docs"), ("PATCH", "/api/v2/tenants/a")],
)
def test_the_door_to_chroma_lets_nothing_else_through(method: str, path: str) -> None:
    assert not is_let_through(method, path)


def is_let_through(method: str, path: str) -> bool:
    text = read("deploy/chroma-gate.Caddyfile")
    (methods,) = re.findall(r"method (.+)", text)
    (paths,) = re.findall(r"\tpath (.+)", text)
    return method in methods.split() and any(fnmatchcase(path, each) for each in paths.split())
