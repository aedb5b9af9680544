"""`sam local invoke FetchFunction` with every event of events/: its answer, the records, and what is on the queues. Containers
run by podman, in a stand-in for AWS's image; the table and the queues are ministack's; the web is one of its own, that the
events' names lead to. Needs root: containers, and the ports of the web (80, 443, 8443).

Usage: local_invoke.py SAM_VENV BUILT, the directory of a sam build for this machine's processor."""

import collections
import concurrent.futures
import contextlib
import http.server
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

import boto3
import yaml

from emulator import ARCHITECTURE, KEYS, REGION, Ministack
from gates import ROOT, Gates
from stand_in_image import Containers, install

SAM_VENV, BUILT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
NAMES = ["example.com", "www.example.com", "example.org"]
CA_IN_IMAGE = "opt/test-ca.pem"

OWN_ID = "the message id"
# Of each event: the records of its batches by status. All of them are acknowledged.
EXPECTED = {
    "deferral.json": {"nightly": {"HTTP_ERROR": 1, "FAILED": 1}, "unwritten": {"FAILED": 1, "INVALID": 1}},
    "empty-list.json": {"empty": {}},
    "json-array.json": {OWN_ID: {"OK": 3}},
    "json-string.json": {OWN_ID: {"OK": 1}},
    "many-urls.json": {"many-urls": {"OK": 12}},
    "mixed-valid-and-invalid.json": {"mixed": {"OK": 2, "INVALID": 7}},
    "object-with-defaults.json": {"nightly-2026-01-01": {"OK": 3}},
    "one-item-object.json": {OWN_ID: {"OK": 1}},
    "poison-body.json": {OWN_ID: {"OK": 1}},
    "redelivery.json": {"redelivery": {"OK": 2}},
    "single-url.json": {OWN_ID: {"OK": 1}},
    "sns-notification.json": {"from-sns": {"OK": 2}},
    "text-lines.json": {OWN_ID: {"OK": 3}},
}
# One message of one of them, poison-body.json, cannot be read.
REASON = 'body: found """ at line 1, column 37, expected "," or "]"'
AT_ONCE = 2


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"{self.command} {self.headers['Host']}{self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Web(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address, port, tls=None):
        self.tls = tls
        super().__init__((address, port), Pages)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def server_bind(self):
        # The containers' network comes with the first of them; Python has no name for IP_FREEBIND.
        self.socket.setsockopt(socket.SOL_IP, 15, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def finish_request(self, request, client_address):
        # The handshake is here, in the connection's own thread.
        super().finish_request(self.tls.wrap_socket(request, server_side=True) if self.tls else request, client_address)

    def handle_error(self, *_):
        pass  # a client that goes away

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def certificate(folder):
    """An authority and a certificate of the events' names by it."""
    names = ",".join(f"DNS:{name}" for name in NAMES)
    (folder / "names").write_text(f"subjectAltName={names}\n")
    for command in (
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-authority -keyout ca.key -out ca.pem",
            "req -newkey rsa:2048 -nodes -subj /CN=example.com -keyout web.key -out web.csr",
            "x509 -req -in web.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out web.pem"):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "web.pem", folder / "web.key")
    return folder / "ca.pem", tls


class Surroundings:
    """The table and the queues, by what a function's environment names them."""

    def __init__(self, ministack):
        keys = {"region_name": REGION, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
        endpoint = f"http://127.0.0.1:{ministack.port}"
        self.sqs = boto3.client("sqs", endpoint_url=endpoint, **keys)
        self.table = boto3.resource("dynamodb", endpoint_url=endpoint, **keys).create_table(
            TableName="results", BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("batchId", "url")],
            KeySchema=[{"AttributeName": "batchId", "KeyType": "HASH"}, {"AttributeName": "url", "KeyType": "RANGE"}])
        self.queue, self.dead_letters = (
            self.sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("fetch-queue", "dead-letters"))

    def statuses(self, batch):
        items = self.table.query(
            KeyConditionExpression=boto3.dynamodb.conditions.Key("batchId").eq(batch), ConsistentRead=True)["Items"]
        return dict(collections.Counter(item["status"] for item in items))

    def take(self, queue):
        messages = self.sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return messages


def environment_file(folder, surroundings, address, endpoint):
    """As README says: --env-vars. What SAM gives to the container are the variables of the template and no others, so the
    emulator's address is an option of the JVM."""
    template = yaml.safe_load((BUILT / "template.yaml").read_text())
    variables = template["Resources"]["FetchFunction"]["Properties"]["Environment"]["Variables"]
    file = folder / "env.json"
    file.write_text(json.dumps({"FetchFunction": {
        "RESULTS_TABLE": "results", "SOURCE_QUEUE_URL": surroundings.queue, "DEAD_LETTER_QUEUE_URL": surroundings.dead_letters,
        "FETCH_BATCHES_TABLE": "", "FETCH_ALLOW_NETWORKS": f"{address}/32", "FETCH_RESOLVE": " ".join(f"{name}={address}" for name in NAMES),
        "FETCH_EXTRA_CA_FILE": f"/{CA_IN_IMAGE}",
        "JAVA_TOOL_OPTIONS": f"{variables['JAVA_TOOL_OPTIONS']} -Daws.endpointUrl={endpoint}"}}))
    return file


def invoke(containers, event, variables):
    done = subprocess.run(
        [SAM_VENV / "bin" / "sam", "local", "invoke", "FetchFunction", "--event", event, "--template", BUILT / "template.yaml",
         "--env-vars", variables, "--parameter-overrides", f"Architecture={ARCHITECTURE}", "--skip-pull-image"],
        cwd=ROOT, capture_output=True, text=True, timeout=180,
        env={**KEYS, "PATH": os.environ["PATH"], "HOME": str(containers.folder), "LANG": "C.UTF-8", "SAM_CLI_TELEMETRY": "0",
             "DOCKER_HOST": containers.socket, "SAM_CLI_CONTAINER_CONNECTION_TIMEOUT": "60"})
    assert done.returncode == 0, f"sam local invoke: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"sam local invoke answered {done.stdout}\n{done.stderr}")


def check_event(containers, surroundings, variables, event):
    answer = invoke(containers, event, variables)
    assert answer == {"batchItemFailures": []}, answer
    own_id = json.loads(event.read_text())["Records"][-1]["messageId"]
    expected = {own_id if batch == OWN_ID else batch: statuses for batch, statuses in EXPECTED[event.name].items()}
    found = {batch: surroundings.statuses(batch) for batch in expected}
    assert found == expected, f"found {found}, expected {expected}"


def main():
    reason = install()
    if reason:
        print(f"left out  sam local invoke: {reason}.")
        return
    gates = Gates()
    with contextlib.ExitStack() as closing:
        folder = pathlib.Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="inv-", ignore_cleanup_errors=True)))
        authority, tls = certificate(folder)
        containers = closing.enter_context(Containers(folder))
        with gates.check("the stand-in image"):
            containers.build_image(BUILT / "FetchFunction", {CA_IN_IMAGE: authority})
        address = containers.gateway()
        for port, secured in ((80, None), (443, tls), (8443, tls)):
            closing.enter_context(Web(address, port, secured))
        ministack = closing.enter_context(Ministack(folder, host=address))
        surroundings = Surroundings(ministack)
        variables = environment_file(folder, surroundings, address, ministack.endpoint)
        events = sorted((ROOT / "events").glob("*.json"))
        with gates.check("each event has its expectation here"):
            assert [event.name for event in events] == sorted(EXPECTED), [event.name for event in events]

        def check(event):
            with gates.check(f"sam local invoke, {event.name}"):
                check_event(containers, surroundings, variables, event)

        # The first alone: it makes the image with the runtime interface emulator.
        check(events[0])
        if gates.failed:
            gates.end()  # the others would fail alike, a minute each
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(check, events[1:]))
        with gates.check("after all events the queue is empty, and the dead letter has its reason"):
            assert surroundings.take(surroundings.queue) == [], "something was deferred"
            dead = surroundings.take(surroundings.dead_letters)
            assert [message["MessageAttributes"]["reason"]["StringValue"] for message in dead] == [REASON], dead
        with gates.check("sam local invoke, a message that is handed back"):
            one = json.loads((ROOT / "events" / "single-url.json").read_text())
            one["Records"][0]["body"] = '{"v": 99, "parts": []}'
            (folder / "newer.json").write_text(json.dumps(one))
            answer = invoke(containers, folder / "newer.json", variables)
            assert answer == {"batchItemFailures": [{"itemIdentifier": one["Records"][0]["messageId"]}]}, answer
    gates.end()


if __name__ == "__main__":
    main()
