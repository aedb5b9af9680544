"""The contract of queues and table (EmulatorIT), which the embedded servers keep in every build, against ministack: an emulator
of another make, over HTTP."""

import re
import subprocess
import tempfile

from emulator import Ministack
from gates import ROOT, Gates

TESTS_MIN = 5
MAVEN = [
    "mvn", "-B", "-q", "--no-transfer-progress", "verify", "-pl", "local", "-am",
    "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false",
    "-Dit.test=EmulatorIT", "-Dfailsafe.failIfNoSpecifiedTests=false",
]


def counted():
    """What Failsafe counted: a contract that was skipped proves nothing."""
    summary = (ROOT / "local/target/failsafe-reports/failsafe-summary.xml").read_text()
    return {name: int(count) for name, count in re.findall(r"<(completed|errors|failures|skipped)>(\d+)<", summary)}


def main():
    gates = Gates()
    with gates.check("ministack keeps the contract of queues and table") as said:
        with tempfile.TemporaryDirectory() as folder, Ministack(folder) as ministack:
            done = subprocess.run(
                [*MAVEN, f"-Dfetchline.endpoint={ministack.endpoint}"], cwd=ROOT, capture_output=True, text=True, timeout=600)
            assert done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-2000:]}{ministack.text()[-2000:]}"
        counts = counted()
        assert counts["completed"] >= TESTS_MIN, counts
        assert counts["errors"] + counts["failures"] + counts["skipped"] == 0, counts
        said.append(f"{counts['completed']} tests")
    gates.end()


if __name__ == "__main__":
    main()
