"""The template under the rules of those who know AWS: sam validate, cfn-lint and checkov; as it is, and with everything
switched on that is off by default. Each check is a line with its time. A check that looks at nothing would pass too, so each
linter also gets a broken copy that it must refuse (cfn-lint from 1.54 on, and with it sam validate, passes broken SAM templates).

Usage: template.py SAM_VENV CHECKOV_VENV, two virtual environments: the linters' dependencies do not go together."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from gates import ROOT

TEXT = (ROOT / "template.yaml").read_text()
SAM, CHECKOV = (pathlib.Path(argument) / "bin" for argument in sys.argv[1:3])

SWITCHED_ON = {
    "GradualDeployment": '"true"',
    "SnapStart": "PublishedVersions",
    "SenderArns": "arn:aws:sns:eu-west-1:123456789012:urls",
    "AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:alarms",
    "TableDeletionProtection": '"true"',
    "VpcId": "vpc-0123456789abcdef0",
    "VpcSubnetIds": "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
}

# Faults that a linter sees and the project's own rules do not (those have BrokenTemplatesTest).
BROKEN = {
    "sam validate and cfn-lint": [
        ("Runtime: java25", "Runtime: java99"),
        ("RESULTS_TABLE: !Ref ResultsTable", "RESULTS_TABLE: !Ref ResultTable"),
        ("Queue: !GetAtt FetchQueue.Arn", "Queue: !GetAtt FetchQueue.Bogus"),
        ("      RecursiveLoop: Allow", "      RecursiveLoops: Allow"),
        ("FunctionResponseTypes: [ReportBatchItemFailures]", "FunctionResponseTypes: [ReportBatchItemFailure]"),
        ("InVpc: !Not", "InAVpc: !Not"),
    ],
    "checkov": [
        ("PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"),
        ("    # checkov:skip=CKV_AWS_115:M", "    # M"),
        ("    # checkov:skip=CKV_AWS_28:I", "    # I"),
    ],
}


def with_values(values):
    text = TEXT
    for name, value in values.items():
        text, found = re.subn(rf"(\n  {name}:\n    Type: \w+\n    Default: )[^\n]*", rf"\g<1>{value}", text)
        assert found == 1, f"the template has no parameter {name} with a default"
    return text


def run(folder, text, *command):
    file = pathlib.Path(folder) / "template.yaml"
    file.write_text(text)
    # No region, no account, nothing of the caller's: as on a machine that has never heard of AWS.
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "SAM_CLI_TELEMETRY": "0"}
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=clean, capture_output=True, text=True, timeout=300)


def sam_validate(folder, text):
    return run(folder, text, SAM / "sam", "validate", "--lint")


def cfn_lint(folder, text, *more):
    return run(folder, text, SAM / "cfn-lint", *more, "--", "template.yaml")


def cfn_lint_switched_on(folder, text):
    # W1001: SAM makes the deployment group outside of the condition that its parts have; it reads the parameter itself.
    return cfn_lint(folder, text, "--ignore-checks", "W1001")


def checkov(folder, text):
    return run(
        folder, text, CHECKOV / "checkov", "--file", "template.yaml", "--framework", "cloudformation", "--compact",
        "--quiet", "--skip-download")


def main():
    failed = 0

    def check(name, texts, linter, wanted):
        nonlocal failed
        started = time.monotonic()
        wrong = []
        for what, text in texts:
            with tempfile.TemporaryDirectory() as folder:
                done = linter(folder, text)
            if (done.returncode == 0) != wanted:
                wrong.append(f"{what}\n{done.stdout}{done.stderr}")
        failed += bool(wrong)
        print(f"{'FAIL ' if wrong else 'ok   '} {name} ({time.monotonic() - started:.1f} s)", *wrong, sep="\n", flush=True)

    def broken(linter):
        for found, instead in BROKEN[linter]:
            assert found in TEXT, found
            yield f"passed: {found} -> {instead}", TEXT.replace(found, instead, 1)

    as_it_is, switched_on = [("as it is", TEXT)], [("switched on", with_values(SWITCHED_ON))]
    check("sam validate --lint", as_it_is, sam_validate, True)
    check("cfn-lint", as_it_is, cfn_lint, True)
    check("cfn-lint, everything switched on", switched_on, cfn_lint_switched_on, True)
    check("cfn-lint refuses broken copies", broken("sam validate and cfn-lint"), cfn_lint, False)
    check("sam validate --lint refuses a broken copy", list(broken("sam validate and cfn-lint"))[:1], sam_validate, False)
    check("checkov", as_it_is, checkov, True)
    check("checkov, everything switched on", switched_on, checkov, True)
    check("checkov refuses broken copies", broken("checkov"), checkov, False)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
