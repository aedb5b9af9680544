"""Runs the code of the template's NewVersionCheck as Lambda would, against stand-ins for Lambda's and CodeDeploy's HTTP
APIs: it is in the template as text, so that nothing else compiles or tests it."""

import contextlib
import http.server
import io
import json
import os
import threading
import time

import yaml

from gates import ROOT, run_tests

TEMPLATE = ROOT / "template.yaml"
VERSION = "arn:aws:lambda:us-east-1:123456789012:function:fetch:7"
EVENT = {"DeploymentId": "d-ABC", "LifecycleEventHookExecutionId": "execution-1"}


class Tags(yaml.SafeLoader):
    """Takes CloudFormation's short forms for what stands behind them."""


def untagged(loader, _, node):
    if isinstance(node, yaml.ScalarNode):
        return node.value
    return loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node, True)


Tags.add_multi_constructor("!", untagged)


class Stand(http.server.BaseHTTPRequestHandler):
    """Both services at once; `script` has Lambda's answers, one for each call, the last one for ever."""

    protocol_version = "HTTP/1.1"
    script, invoked, told, codedeploy_status = [], [], [], 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.endswith("/invocations"):
            Stand.invoked.append((self.path, body))
            answer = Stand.script[min(len(Stand.invoked), len(Stand.script)) - 1]
            if answer == "silence":
                time.sleep(3)  # longer than the client waits in this test
                self.close_connection = True
                return
            self.answer(*answer)
        else:
            assert self.headers["X-Amz-Target"].endswith(".PutLifecycleEventHookExecutionStatus"), self.headers
            Stand.told.append(json.loads(body))
            reply = {"lifecycleEventHookExecutionId": "execution-1"} if Stand.codedeploy_status == 200 else {
                "__type": "LifecycleEventAlreadyCompletedException", "message": "too late"}
            self.answer(Stand.codedeploy_status, json.dumps(reply))

    def answer(self, status, body, headers=None):
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def run(*script, codedeploy=200, read_timeout=None):
    """The check, once; gives what CodeDeploy was told, what Lambda was asked, and how it ended."""
    document = yaml.load(TEMPLATE.read_text(), Tags)
    check = document["Resources"]["NewVersionCheck"]["Properties"]
    Stand.script, Stand.invoked, Stand.told, Stand.codedeploy_status = list(script), [], [], codedeploy
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    os.environ.update({
        "AWS_ENDPOINT_URL_LAMBDA": endpoint, "AWS_ENDPOINT_URL_CODEDEPLOY": endpoint, "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "NEW_VERSION": VERSION})
    code = check["InlineCode"]
    if read_timeout:
        assert "read_timeout=130" in code
        code = code.replace("read_timeout=130", f"read_timeout={read_timeout}")
    try:
        module = {}
        exec(compile(code, "index.py", "exec"), module)
        assert check["Handler"] == "index.handler"
        with contextlib.redirect_stdout(io.StringIO()):
            ended = module["handler"](EVENT, None)
    except Exception as e:
        ended = e
    finally:
        server.shutdown()
        server.server_close()
    return Stand.told, Stand.invoked, ended


def told(status):
    return [{"deploymentId": "d-ABC", "lifecycleEventHookExecutionId": "execution-1", "status": status}]


def test_a_version_that_answers_no_failures_succeeds():
    heard, asked, ended = run((200, '{"batchItemFailures":[]}'))
    assert heard == told("Succeeded"), heard
    assert ended == "Succeeded"
    path, payload = asked[0]
    assert len(asked) == 1 and "function%3Afetch%3A7" in path, asked
    assert json.loads(payload) == {"Records": []}, payload


def test_a_version_that_does_not_start_fails():
    error = '{"errorMessage":"FETCH_STORE_BODY: found \\"yes\\", expected none, text or all","errorType":"java.lang.IllegalArgumentException"}'
    heard, asked, _ = run((200, error, {"X-Amz-Function-Error": "Unhandled"}))
    assert heard == told("Failed"), heard
    assert len(asked) == 1, "a failed start is no reason to ask again"


def test_answers_that_are_not_an_empty_list_of_failures_fail():
    for body in ['{"batchItemFailures":[{"itemIdentifier":"x"}]}', "null", "{}", "[]", "no JSON", ""]:
        heard, _, _ = run((200, body))
        assert heard == told("Failed"), (body, heard)


def test_a_version_that_is_not_there_or_not_allowed_fails_and_is_not_asked_again():
    for status, kind in [(404, "ResourceNotFoundException"), (403, "AccessDeniedException")]:
        heard, asked, _ = run((status, '{"message":"no"}', {"X-Amzn-ErrorType": kind}))
        assert heard == told("Failed"), heard
        assert len(asked) == 1, asked


def test_a_throttled_invocation_is_tried_again():
    busy = (429, '{"message":"slow down"}', {"X-Amzn-ErrorType": "TooManyRequestsException"})
    heard, asked, _ = run(busy, busy, (200, '{"batchItemFailures":[]}'))
    assert heard == told("Succeeded"), heard
    assert len(asked) == 3, asked
    heard, asked, _ = run(busy)
    assert heard == told("Failed") and len(asked) == 3, (heard, asked)


def test_a_version_that_never_answers_fails_after_three_tries():
    heard, asked, _ = run("silence", read_timeout=0.5)
    assert heard == told("Failed"), heard
    assert len(asked) == 3, asked


def test_what_codedeploy_refuses_is_an_error_of_the_check():
    heard, _, ended = run((200, '{"batchItemFailures":[]}'), codedeploy=400)
    assert heard == told("Succeeded"), heard
    assert "too late" in str(ended), ended


if __name__ == "__main__":
    run_tests("new version check", globals())
