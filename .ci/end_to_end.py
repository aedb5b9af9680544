"""Drives Fetchline from outside, as its users do: by its launcher, and by boto3 against `./fetchline up`."""

import gzip
import http.server
import json
import pathlib
import signal
import subprocess
import tempfile
import threading
import time

import boto3

from gates import ROOT, run_tests, wait_for

FETCHLINE = str(ROOT / "fetchline")
PATIENCE_S = 120


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    busy_once = set()

    def do_GET(self):
        path = self.path
        if path == "/gzip":
            self.answer(200, gzip.compress(b"compressed text"), {"Content-Encoding": "gzip"})
        elif path == "/redirect":
            self.answer(302, b"", {"Location": "/page?from=redirect"})
        elif path.startswith("/busy") and path not in self.busy_once:
            self.busy_once.add(path)
            self.answer(503, b"", {"Retry-After": "1"})
        elif path == "/missing":
            self.answer(404, b"no such page")
        else:
            self.answer(200, b"page " + path.encode())

    do_HEAD = do_GET

    def answer(self, status, body, headers=None):
        self.send_response(status)
        for name, value in {"Content-Type": "text/plain", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Web(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server_port}"
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def start_web():
    return Web(("127.0.0.1", 0), Pages)


def open_to(web):
    return ["--allow-network", "127.0.0.0/8", "--allow-port", str(web.server_port)]


def run(web, *arguments, text=None):
    done = subprocess.run(
        [FETCHLINE, "run", *open_to(web), *arguments],
        input=text, capture_output=True, text=True, timeout=PATIENCE_S * 3, cwd=tempfile.gettempdir(),
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return done, {record["url"]: record for record in records}


def test_run_gives_one_record_for_each_url_and_exit_code_1_where_some_are_not_ok():
    with start_web() as web:
        paths = ["/page", "/gzip", "/redirect", "/busy", "/missing"]
        lines = "# a comment\r\n\r\n" + "\r\n".join(web.base + path for path in paths) + "\r\nnot a url\r\nftp://x/\r\n"
        done, records = run(web, "-", text=lines)
        assert done.returncode == 1, done
        assert len(records) == 7, records.keys()
        ok = {path: records[web.base + path] for path in paths}
        assert ok["/page"]["status"] == "OK" and ok["/page"]["body"] == "page /page", ok["/page"]
        assert ok["/gzip"]["body"] == "compressed text", ok["/gzip"]
        assert ok["/redirect"]["finalUrl"] == web.base + "/page?from=redirect", ok["/redirect"]
        assert ok["/busy"]["attempts"] == 2, ok["/busy"]
        assert ok["/missing"]["status"] == "HTTP_ERROR" and ok["/missing"]["httpStatus"] == 404, ok["/missing"]
        assert records["ftp://x/"]["status"] == "REFUSED", records["ftp://x/"]
        invalid = [record for url, record in records.items() if url.startswith("invalid:sha256=")]
        assert len(invalid) == 1 and invalid[0]["submitted"] == "not a url", invalid


def test_run_of_good_urls_exits_0():
    with start_web() as web, tempfile.TemporaryDirectory() as folder:
        urls = pathlib.Path(folder) / "my urls.txt"
        urls.write_text("".join(f"{web.base}/p{i}\n" for i in range(300)))
        out = pathlib.Path(folder) / "records.jsonl"
        done, _ = run(web, str(urls), "--out", str(out))
        assert done.returncode == 0, done
        records = [json.loads(line) for line in out.read_text().splitlines()]
        assert len({record["url"] for record in records}) == 300


def test_without_leave_nothing_on_this_machine_is_reached():
    with start_web() as web:
        done = subprocess.run(
            [FETCHLINE, "run", "--allow-port", str(web.server_port), "-"],
            input=web.base + "/page\n", capture_output=True, text=True, timeout=PATIENCE_S,
        )
        assert done.returncode == 1, done
        record = json.loads(done.stdout)
        assert record["status"] == "REFUSED" and record["error"]["kind"] == "ADDRESS", record


def test_a_body_that_cannot_be_read_ends_on_the_dead_letter_queue_and_exits_2():
    with start_web() as web, tempfile.TemporaryDirectory() as folder:
        bodies = pathlib.Path(folder) / "messages.jsonl"
        bodies.write_text(json.dumps({"urls": [web.base + "/page"]}) + "\n" + json.dumps({"urls": 5}) + "\n")
        done, records = run(web, str(bodies))
        assert done.returncode == 2, done
        assert list(records) == [web.base + "/page"], records
        assert "urls" in done.stderr, done.stderr


def test_invoke_prints_the_response_of_the_function():
    event = ROOT / "events" / "empty-list.json"
    done = subprocess.run([FETCHLINE, "invoke", "--event", str(event)], capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0, done
    assert json.loads(done.stdout) == {"batchItemFailures": []}, done.stdout


def test_an_empty_event_is_answered_as_the_template_s_check_of_a_new_version_expects():
    done = subprocess.run(
        [FETCHLINE, "invoke", "--event", "-"], input='{"Records": []}', capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0 and json.loads(done.stdout) == {"batchItemFailures": []}, done


def test_up_serves_clients_of_another_make():
    with start_web() as web:
        process = subprocess.Popen(
            [FETCHLINE, "up", "--json", *open_to(web)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            up = json.loads(process.stdout.readline())
            keys = {"region_name": "us-east-1", "aws_access_key_id": "local", "aws_secret_access_key": "local"}
            sqs = boto3.client("sqs", endpoint_url=up["sqsEndpoint"], **keys)
            table = boto3.resource("dynamodb", endpoint_url=up["dynamoDbEndpoint"], **keys).Table(up["table"])
            check_with_boto3(web, up, sqs, table)
        finally:
            process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            process.wait(timeout=30)
        assert time.monotonic() - started < 10, "up did not stop in time"
        left = subprocess.run(["pgrep", "-f", "lambda.runtime.api.client.AWSLambda"], capture_output=True, text=True)
        assert left.stdout == "", f"processes left behind: {left.stdout}"


def check_with_boto3(web, up, sqs, table):
    sqs.send_message(
        QueueUrl=up["queueUrl"],
        MessageBody=json.dumps({"batchId": "boto", "urls": [
            web.base + "/page", {"url": web.base + "/gzip", "method": "HEAD", "tag": "mine"}, {"url": 5}]}))
    sqs.send_message(
        QueueUrl=up["queueUrl"], MessageBody="[{]",
        MessageAttributes={"team": {"DataType": "String", "StringValue": "blue"}})

    def records():
        items = table.query(KeyConditionExpression=boto3.dynamodb.conditions.Key("batchId").eq("boto"))["Items"]
        return {item["url"]: item for item in items} if len(items) == 3 else None

    found = wait_for("three records", PATIENCE_S, records)
    assert found[web.base + "/page"]["status"] == "OK"
    assert found["HEAD " + web.base + "/gzip"]["tag"] == "mine"
    dead = wait_for("the dead letter", PATIENCE_S, lambda: sqs.receive_message(
        QueueUrl=up["deadLetterQueueUrl"], MessageAttributeNames=["All"], WaitTimeSeconds=1).get("Messages"))
    assert dead[0]["Body"] == "[{]", dead
    assert dead[0]["MessageAttributes"]["team"]["StringValue"] == "blue", dead
    assert dead[0]["MessageAttributes"]["reason"]["StringValue"], dead

    def drained():
        left = sqs.get_queue_attributes(
            QueueUrl=up["queueUrl"],
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"])["Attributes"]
        return set(left.values()) == {"0"}

    # Messages are acknowledged after their records are durable, so a little later.
    wait_for("an empty queue", PATIENCE_S, drained)


if __name__ == "__main__":
    run_tests("end to end", globals())
