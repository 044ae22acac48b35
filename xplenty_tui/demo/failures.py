"""The failures of the demo world, as they read in logs of real pipelines."""

from __future__ import annotations

from xplenty_tui.demo.records import Failure

ACCESS_DENIED = Failure(
    "access denied",
    "Access Denied on s3://acme-raw/orders/{date}/ (403, request {request})",
    (
        "ERROR source s3_orders: AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; "
        "Request ID: {request})",
        "ERROR   while listing s3://acme-raw/orders/{date}/ with connection acme-raw bucket (id 53)",
    ),
    "Access Denied on s3://acme-raw/orders/{date}/ (403). "
    "The IAM key of connection acme-raw bucket (id 53) no longer allows ListBucket.",
    ("Check the key of connection acme-raw bucket, then run again.",),
)

MISSING_PATH = Failure(
    "missing path",
    "Input path does not exist: s3://acme-raw/{step}/{date}/",
    (
        "ERROR source s3_input: InvalidInputException: Input path does not exist: s3://acme-raw/{step}/{date}/",
        "ERROR   0 files match the pattern part-*.json.gz",
    ),
    "The folder s3://acme-raw/{step}/{date}/ has no files: the upstream export did not deliver that day.",
    ("Ask whether the export of {date} ran.", "Run the job again when the files are there."),
)

SCHEMA_CHANGE = Failure(
    "schema change",
    "Column count mismatch: expected 23 fields, found 24 in line 1 (new field 'consent_source')",
    (
        "WARN  source: header differs from the schema: + consent_source",
        "ERROR component clean_1: expected 23 fields, found 24 in line 1",
        "ERROR   org.apache.pig.backend.executionengine.ExecException: ERROR 1066: Unable to open iterator",
    ),
    "The source has a new field 'consent_source' that the package's schema does not have.",
    ("Import the schema of the source again.", "Add 'consent_source' to the package or drop it in a select."),
)

EXPIRED = Failure(
    "credentials expired",
    "INVALID_SESSION_ID: session expired or invalid (connection CRM, id 12)",
    (
        "ERROR source salesforce: INVALID_SESSION_ID: Session expired or invalid",
        "ERROR   OAuth refresh answered 400 invalid_grant: expired access/refresh token",
    ),
    "Salesforce refused the refresh token of connection CRM (id 12): it has expired or was revoked.",
    ("Sign connection CRM in again.", "Run the job again."),
)

OUT_OF_MEMORY = Failure(
    "out of memory",
    "Java heap space: task attempt_{request}_m_000117 failed 4 times on {cluster}",
    (
        "WARN  task attempt_{request}_m_000117_0: spilled 41 times",
        "ERROR task attempt_{request}_m_000117_3: java.lang.OutOfMemoryError: Java heap space",
        "ERROR   at org.apache.pig.data.DefaultDataBag.add(DefaultDataBag.java)",
        "ERROR job failed: task failed 4 times",
    ),
    "A reducer ran out of memory while joining: one key holds most of the rows.",
    ("Run it on a cluster with more nodes.", "Replace the join on a skewed key by a replicated join."),
)

TIMED_OUT = Failure(
    "timeout",
    "Read timed out after 600 s: destination warehouse.acme.example:5439 did not answer",
    (
        "WARN  destination redshift: COPY has waited 300 s for a lock",
        "ERROR destination redshift: java.net.SocketTimeoutException: Read timed out",
    ),
    "The warehouse did not answer for ten minutes; other loads held a lock on the table.",
    ("Look for long transactions in the warehouse.", "Run the job again."),
)

CONNECTION_RESET = Failure(
    "connection reset",
    "Connection reset by peer: replica.acme.example:5432",
    (
        "ERROR source postgres: PSQLException: An I/O error occurred while sending to the backend.",
        "ERROR   Caused by: java.net.SocketException: Connection reset by peer (replica.acme.example:5432)",
    ),
    "The replica closed the connection while the table was read, most likely during its nightly restart.",
    ("Run the job again.", "Move the schedule away from the restart of the replica."),
)

DEAD_CLUSTER = Failure(
    "dead cluster",
    "Specified cluster is not available and is in erroneous state.",
    ("ERROR cluster {cluster} is in error: the job was not started",),
    "The job never ran: cluster {cluster} is in error.",
    ("Terminate cluster {cluster}.", "Run the job on another cluster."),
)

STEP_FAILED = Failure(
    "step failed",
    "Component run_{step} failed.",
    ("ERROR component run_{step}: the package's job failed, the workflow stops here",),
    "The step run_{step} of the workflow failed; the steps after it did not run.",
    ("Open the job of run_{step} to see why.",),
)

OVERRUN = Failure(
    "overrun",
    "Job exceeded the maximum run time of 12 hours and was ended.",
    (
        "WARN  reduce 78%: no progress for 39600 s",
        "ERROR job ran longer than 12 hours",
    ),
    "The job stood still for eleven hours and was ended at the limit.",
    ("Look for a skewed key in the last reducer.", "Run the job on more nodes."),
)
