"""sam deploy of the built template onto ministack, an emulator of AWS of another make, and messages through what stands there:
every form of message, a body that cannot be read, a batch of which one message fails. What the emulator does not do is in
docs/emulators.md.

Usage: deploy_flow.py SAM_VENV BUILT, the directory of a sam build for this machine's processor."""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request
import zipfile

import boto3

import emulator_template
from emulator import ARCHITECTURE, KEYS, REGION, Function, Ministack, Relay
from end_to_end import start_web
from gates import Gates, wait_for

SAM_VENV, BUILT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
PATIENCE_S = 60


def sam(folder, endpoint, *arguments):
    done = subprocess.run(
        [SAM_VENV / "bin" / "sam", *arguments], cwd=folder, capture_output=True, text=True, timeout=180,
        env={**KEYS, "PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "SAM_CLI_TELEMETRY": "0",
             "AWS_ENDPOINT_URL": endpoint})
    assert done.returncode == 0, f"sam {arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


class Stack:
    """The deployed stack, by the clients of boto3."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.outputs = {}

    def client(self, service):
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")

    def deploy(self, folder, function_url, *parameters):
        parameters = [f"Architecture={ARCHITECTURE}", *parameters]
        template = BUILT / "emulator-template.yaml"
        emulator_template.main(BUILT / "template.yaml", template, function_url, *parameters)
        sam(folder, self.endpoint, "deploy", "--template-file", template, "--stack-name", "fetchline", "--resolve-s3",
            "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset",
            "--parameter-overrides", *parameters)
        stack = self.client("cloudformation").describe_stacks(StackName="fetchline")["Stacks"][0]
        assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"), stack
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def take_messages(self, enabled):
        functions, mapping = self.client("lambda"), self.outputs["EventSourceMappingId"]
        functions.update_event_source_mapping(UUID=mapping, Enabled=enabled)
        wanted = "Enabled" if enabled else "Disabled"
        wait_for(f"the mapping {wanted}", PATIENCE_S, lambda: functions.get_event_source_mapping(UUID=mapping)["State"] == wanted)

    def send(self, *bodies):
        sent = self.client("sqs").send_message_batch(
            QueueUrl=self.outputs["QueueUrl"],
            Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies)])
        assert not sent.get("Failed"), sent
        return [entry["MessageId"] for entry in sorted(sent["Successful"], key=lambda entry: int(entry["Id"]))]

    def records(self, batch, count):
        table = boto3.resource(
            "dynamodb", endpoint_url=self.endpoint, region_name=REGION, aws_access_key_id="test",
            aws_secret_access_key="test").Table(self.outputs["TableName"])
        condition = boto3.dynamodb.conditions.Key("batchId").eq(batch)

        def enough():
            items = table.query(KeyConditionExpression=condition, ConsistentRead=True)["Items"]
            return {item["url"]: item for item in items} if len(items) >= count else None

        found = wait_for(f"{count} records of {batch}", PATIENCE_S, enough)
        assert len(found) == count, found.keys()
        return found

    def dead_letters(self, count):
        found = []

        def more():
            found.extend(self.client("sqs").receive_message(
                QueueUrl=self.outputs["DeadLetterQueueUrl"], MessageAttributeNames=["All"], MaxNumberOfMessages=10,
                WaitTimeSeconds=1).get("Messages", []))
            return len(found) >= count

        wait_for(f"{count} dead letters", PATIENCE_S, more)
        return found

    def waiting(self):
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client("sqs").get_queue_attributes(QueueUrl=self.outputs["QueueUrl"], AttributeNames=names)["Attributes"]
        return tuple(int(found[name]) for name in names)


def start_function(stack, folder):
    """What was deployed: the package and the environment are read back from the emulator."""
    deployed = stack.client("lambda").get_function(FunctionName=stack.outputs["FunctionName"])
    package = pathlib.Path(folder) / "task"
    with urllib.request.urlopen(deployed["Code"]["Location"]) as code:
        zipfile.ZipFile(io.BytesIO(code.read())).extractall(package)
    variables = deployed["Configuration"]["Environment"]["Variables"]
    return Function(
        folder, SAM_VENV, package,
        {**variables, "AWS_LAMBDA_FUNCTION_NAME": deployed["Configuration"]["FunctionName"], "AWS_ENDPOINT_URL": stack.endpoint},
        deployed["Configuration"]["MemorySize"])


def expect_what_the_template_says(stack):
    queue = stack.client("sqs").get_queue_attributes(QueueUrl=stack.outputs["QueueUrl"], AttributeNames=["All"])["Attributes"]
    assert queue["VisibilityTimeout"] == "730", queue
    assert json.loads(queue["RedrivePolicy"]) | {"maxReceiveCount": 8} == {
        "deadLetterTargetArn": stack.outputs["DeadLetterQueueArn"], "maxReceiveCount": 8}, queue
    mapping = stack.client("lambda").get_event_source_mapping(UUID=stack.outputs["EventSourceMappingId"])
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], mapping
    assert mapping["FunctionArn"].endswith(":live"), mapping
    assert mapping["EventSourceArn"] == stack.outputs["QueueArn"], mapping


def every_form(stack, web):
    page = web.base
    notification = {"Type": "Notification", "MessageId": "1", "TopicArn": "arn:aws:sns:us-east-1:123456789012:urls",
                    "Message": json.dumps({"batchId": "sns", "urls": [f"{page}/sns"]}), "Timestamp": "2026-01-01T00:00:00.000Z"}
    ids = stack.send(
        f"# a comment\r\n\r\n{page}/text/1\r\n{page}/text/2\n",
        json.dumps(f"{page}/string"),
        json.dumps([f"{page}/array", {"url": f"{page}/gzip", "tag": "packed"}]),
        json.dumps({"batchId": "object", "defaults": {"timeoutMs": 5000}, "urls": [f"{page}/redirect", f"{page}/missing", 42]}),
        json.dumps({"url": f"{page}/item", "method": "HEAD"}),
        json.dumps(notification),
        json.dumps({"batchId": "busy", "urls": [f"{page}/busy"]}),
        json.dumps({"batchId": "none", "urls": []}))
    statuses = {
        batch: {url.removeprefix(page): record["status"] for url, record in stack.records(batch, count).items()}
        for batch, count in [(ids[0], 2), (ids[1], 1), (ids[2], 2), (ids[4], 1), ("sns", 1), ("busy", 1)]}
    assert statuses == {
        ids[0]: {"/text/1": "OK", "/text/2": "OK"}, ids[1]: {"/string": "OK"}, ids[2]: {"/array": "OK", "/gzip": "OK"},
        ids[4]: {f"HEAD {page}/item": "OK"}, "sns": {"/sns": "OK"}, "busy": {"/busy": "OK"}}, statuses
    found = stack.records("object", 3)
    assert found[f"{page}/redirect"]["finalUrl"] == f"{page}/page?from=redirect", found
    assert found[f"{page}/missing"]["status"] == "HTTP_ERROR" and found[f"{page}/missing"]["httpStatus"] == 404, found
    assert [record["status"] for url, record in found.items() if url.startswith("invalid:sha256=")] == ["INVALID"], found
    assert stack.records("busy", 1)[f"{page}/busy"]["attempts"] == 2
    wait_for("an empty queue", PATIENCE_S, lambda: stack.waiting() == (0, 0))


def poison(stack, web):
    ids = stack.send('{"urls": [}', f"{web.base}/beside")
    assert stack.records(ids[1], 1)[f"{web.base}/beside"]["status"] == "OK"
    dead = stack.dead_letters(1)
    attributes = {name: value["StringValue"] for name, value in dead[0]["MessageAttributes"].items()}
    assert dead[0]["Body"] == '{"urls": [}' and attributes["originalMessageId"] == ids[0], dead
    assert attributes["reason"].startswith("body: found "), dead
    wait_for("an empty queue", PATIENCE_S, lambda: stack.waiting() == (0, 0))
    stack.client("sqs").delete_message(QueueUrl=stack.outputs["DeadLetterQueueUrl"], ReceiptHandle=dead[0]["ReceiptHandle"])
    return attributes["reason"]


def partial_failure(stack, web, relay):
    """A deferral of a version to come is what the function hands back. Its neighbours of the same batch must not come again."""
    stack.take_messages(False)
    newer = json.dumps({"v": 99, "parts": []})
    ids = stack.send(f"{web.base}/before", newer, f"{web.base}/after")
    passed = len(relay.passed)
    stack.take_messages(True)
    stack.records(ids[0], 1), stack.records(ids[2], 1)

    def events_of(message):
        return [
            (event, response) for event, response in relay.passed[passed:]
            if message in [record["messageId"] for record in event["Records"]]]

    first = wait_for("the first delivery", PATIENCE_S, lambda: events_of(ids[1]))[0]
    assert [record["messageId"] for record in first[0]["Records"]] == ids, first
    assert first[1] == {"batchItemFailures": [{"itemIdentifier": ids[1]}]}, first
    wait_for("one message in flight", PATIENCE_S, lambda: stack.waiting() == (0, 1))
    # The function let it wait for 30 to 120 s. Nobody has the time: visible at once, and a dead letter on its third receive.
    queue, sqs = stack.outputs["QueueUrl"], stack.client("sqs")
    policy = {"deadLetterTargetArn": stack.outputs["DeadLetterQueueArn"], "maxReceiveCount": 2}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": json.dumps(policy)})

    def hurry(event):
        handle = next(record["receiptHandle"] for record in event["Records"] if record["messageId"] == ids[1])
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=0)

    hurry(first[0])
    second = wait_for("the second delivery", PATIENCE_S, lambda: events_of(ids[1])[1:])[0]
    assert [record["messageId"] for record in second[0]["Records"]] == [ids[1]], second
    assert second[0]["Records"][0]["attributes"]["ApproximateReceiveCount"] == "2", second
    wait_for("one message in flight", PATIENCE_S, lambda: stack.waiting() == (0, 1))
    hurry(second[0])
    dead = stack.dead_letters(1)
    assert dead[0]["Body"] == newer and "reason" not in dead[0].get("MessageAttributes", {}), dead
    assert [len(events_of(message)) for message in (ids[0], ids[2])] == [1, 1], "a neighbour came again"
    assert stack.waiting() == (0, 0), stack.waiting()


def one_setting(stack, folder, function_url, settings):
    """What the mapping names is what Lambda would start next, so that is what must have the new value."""

    def fed():
        functions = stack.client("lambda")
        target = functions.get_event_source_mapping(UUID=stack.outputs["EventSourceMappingId"])["FunctionArn"]
        return functions.get_function_configuration(FunctionName=target)

    before = fed()
    assert before["Environment"]["Variables"]["FETCH_DENY_NETWORKS"] == "", before
    stack.deploy(folder, function_url, *settings, "DenyNetworks=203.0.113.0/24")
    after = fed()
    assert after["Environment"]["Variables"]["FETCH_DENY_NETWORKS"] == "203.0.113.0/24", after
    assert after["Version"] != before["Version"], after
    stack.deploy(folder, function_url, *settings, "DenyNetworks=203.0.113.0/24", "BatchSize=100")
    assert fed()["Version"] == after["Version"], "what the function does not see published a version"
    return f"version {before['Version']} to {after['Version']}"


def main():
    gates = Gates()
    with contextlib.ExitStack() as closing:
        folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="deploy-flow-"))
        relay, web = closing.enter_context(Relay()), closing.enter_context(start_web())
        with gates.check("ministack starts"):
            stack = Stack(closing.enter_context(Ministack(folder)).endpoint)
        with gates.check("sam deploy onto ministack") as said:
            settings = ["AllowNetworks=127.0.0.0/8", f"AllowPorts={web.server_port}", "WaitInsideMaxMs=5000"]
            stack.deploy(folder, relay.url, *settings)
            expect_what_the_template_says(stack)
            said.append(f"{len(stack.outputs)} outputs")
            relay.function = closing.enter_context(start_function(stack, folder))
        with gates.check("messages of every form become records"):
            every_form(stack, web)
        with gates.check("a body that cannot be read is a dead letter with its reason") as said:
            said.append(poison(stack, web))
        with gates.check("of a batch only the message that failed comes back, and is a dead letter in the end"):
            partial_failure(stack, web, relay)
        with gates.check("a deployment that changes one setting leads the queue to it") as said:
            said.append(one_setting(stack, folder, relay.url, settings))
        if gates.failed and relay.function:
            print(relay.function.text()[-6000:], file=sys.stderr)
    gates.end()


if __name__ == "__main__":
    main()
