"""Clusters, schedules and packages as JSON, field for field as the documentation's examples have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xplenty_tui.demo.account import Account
from xplenty_tui.demo.chance import between, bits
from xplenty_tui.demo.records import Cluster, Creator, Package, Schedule, Validation
from xplenty_tui.demo.stamps import maybe, stamp

HTML = "https://xplenty.com"

BOOTSTRAP = [{"script_path": "s3://acme-ops/bootstrap/install-udfs.tar.gz", "args": ["--quiet"]}]
"""The bootstrap actions of big clusters."""


@dataclass(slots=True)
class Frame:
    """What JSON of an account needs beside the thing: the account, the host, and what was already drawn."""

    account: Account
    host: str
    clusters: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Nested clusters of this answer, by id."""
    packages: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Nested packages of this answer, by id."""

    def api(self, path: str) -> str:
        """Give an address of the API."""
        return f"{self.host}/{self.account.slug}/api/{path}"

    def html(self, path: str) -> str:
        """Give an address of the web pages."""
        return f"{HTML}/{self.account.slug}/{path}"


def creator(frame: Frame, who: Creator) -> dict[str, Any]:
    """Who started it: a schedule or a user."""
    kind, path = ("Schedule", "schedules") if isinstance(who, Schedule) else ("User", "members")
    return {
        "type": kind,
        "id": who.id,
        "display_name": who.name,
        "url": frame.api(f"{path}/{who.id}"),
        "html_url": frame.html(f"{path}/{who.id}"),
    }


def _cluster(frame: Frame, cluster: Cluster) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": cluster.id,
        "name": cluster.name,
        "description": cluster.description,
        "status": cluster.status,
        "owner_id": cluster.owner.id,
        "plan_id": 4,
        "nodes": cluster.nodes,
        "type": cluster.type,
        "created_at": stamp(cluster.created),
        "updated_at": stamp(cluster.updated),
        "available_since": maybe(cluster.available),
        "terminated_at": maybe(cluster.terminated),
        "running_jobs_count": len(cluster.running) + len(cluster.flows),
        "terminate_on_idle": cluster.terminate_on_idle,
        "time_to_idle": cluster.time_to_idle,
        "terminated_on_idle": cluster.terminated_on_idle,
        "region": "amazon-web-services::us-east-1",
        "zone": cluster.zone,
        "master_instance_type": "m5.xlarge",
        "slave_instance_type": "m5.xlarge",
        "master_spot_price": None,
        "slave_spot_price": None,
        "master_spot_percentage": None,
        "slave_spot_percentage": None,
        "allow_fallback": True,
        "stack": "white-everest",
        "url": frame.api(f"clusters/{cluster.id}"),
        "html_url": frame.html(f"clusters/{cluster.id}"),
        "creator": creator(frame, cluster.creator),
    }
    if cluster.nodes >= 6:
        data["bootstrap_actions"] = BOOTSTRAP
    return data


def cluster(frame: Frame, item: Cluster) -> dict[str, Any]:
    """Draw a cluster of its own: with ``idle_since``, without ``queued_jobs_count``."""
    data = _cluster(frame, item)
    data["idle_since"] = maybe(item.idle)
    return data


def nested_cluster(frame: Frame, item: Cluster, *, queued: bool) -> dict[str, Any]:
    """Draw a cluster inside a job: with ``queued_jobs_count`` in lists of jobs, without ``idle_since``."""
    data = frame.clusters.get(item.id)
    if data is None:
        data = frame.clusters[item.id] = _cluster(frame, item)
        if queued:
            data["queued_jobs_count"] = sum(1 for job in item.queue if job.status == "queued")
    return data


def instances(frame: Frame, item: Cluster) -> list[dict[str, Any]]:
    """Draw the machines of a cluster; none before they are asked for and after they are gone."""
    if item.status in ("pending", "terminated", "error"):
        return []
    found = []
    for index in range(item.nodes):
        seed = bits(frame.account.seed, item.id, index)
        id_ = f"i-{seed & 0xFFFFFFFFFFFFFFFF:017x}"
        private = f"ip-10-{seed >> 8 & 255}-{seed >> 16 & 255}-{seed >> 24 & 255}"
        public = f"ec2-54-{seed >> 32 & 255}-{seed >> 40 & 255}-{seed >> 48 & 255}"
        found.append(
            {
                "instance_id": id_,
                "private_dns": f"{private}.ec2.internal",
                "public_dns": f"{public}.compute-1.amazonaws.com",
                "status": {"creating": "pending", "terminating": "terminating"}.get(item.status, "available"),
                "master": index == 0,
                "spot": False,
                "url": frame.api(f"clusters/{item.id}/instances/{id_}"),
            }
        )
    return found


def schedule(frame: Frame, item: Schedule, *, retries: bool = True, clusters: bool = True) -> dict[str, Any]:
    """Draw a schedule; the answers of Run and Clone have no retries, that of Clone no overlap and no reuse."""
    data: dict[str, Any] = {
        "id": item.id,
        "name": item.name,
        "description": item.description,
        "status": item.status,
        "owner_id": item.owner.id,
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
        "start_at": stamp(item.start),
        "next_run_at": stamp(item.next_run) if item.status == "enabled" else None,
        "last_run_at": maybe(item.last_run),
        "last_run_status": item.last_status,
        "execution_count": item.runs,
        "interval_amount": item.amount,
        "interval_unit": item.unit,
        "task": {
            "nodes": item.nodes,
            "packages": [
                {"package_id": str(package.id), "variables": dict(variables)} for package, variables in item.packages
            ],
            "terminate_on_idle": item.terminate_on_idle,
            "time_to_idle": item.time_to_idle,
        },
        "url": frame.api(f"schedules/{item.id}"),
        "html_url": frame.html(f"schedules/{item.id}"),
    }
    if clusters:
        data["overlap"] = item.overlap
        data["reuse_cluster_strategy"] = item.reuse
    if retries:
        data["auto_retry"] = item.retry
        data["auto_retry_attempts"] = item.allowance
    return data


def _package(frame: Frame, item: Package) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "description": item.description,
        "variables": dict(item.variables),
        "owner_id": item.owner.id,
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
        "url": frame.api(f"packages/{item.id}"),
        "status": item.status,
    }


def package(frame: Frame, item: Package, *, typed: bool = False, whole: bool = False) -> dict[str, Any]:
    """Draw a package; lists do not tell its type, and Get Package alone tells (``whole``) its versions."""
    data = _package(frame, item)
    data["html_url"] = frame.html(f"packages/{item.id}")
    if typed or whole:
        data["flow_type"] = item.flow_type
    if whole:
        data["flow_version"] = "2.0.0"
        version = between(2, 40, frame.account.seed, item.id)
        data["package_version"] = version
        data["version"] = version
        data["item_id"] = item.id
    return data


def nested_package(frame: Frame, item: Package) -> dict[str, Any]:
    """Draw a package inside a job."""
    data = frame.packages.get(item.id)
    if data is None:
        data = frame.packages[item.id] = _package(frame, item)
    return data


def validation(frame: Frame, item: Validation) -> dict[str, Any]:
    """Draw a check of a package."""
    return {
        "id": item.id,
        "status": item.status,
        "status_message": item.status_message,
        "account_id": frame.account.cast.id,
        "owner_id": item.owner.id,
        "runtime": item.runtime,
        "errors": [{"message": text} for text in item.errors],
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
        "package_id": item.package.id,
        "url": frame.api(f"packages/{item.package.id}/validations/{item.id}"),
    }
