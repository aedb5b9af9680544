"""What the gates share: each check is a line with its time, and a failed one does not keep the next from running."""

import contextlib
import pathlib
import re
import subprocess
import sys
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Gates:
    def __init__(self):
        self.failed = 0

    @contextlib.contextmanager
    def check(self, name):
        """Prints `ok` or `FAIL` with the time; what a check appends to the list that it is given stands in the line."""
        started = time.monotonic()
        said = []
        try:
            yield said
            verdict = "ok   "
        except Exception:
            verdict = "FAIL "
            self.failed += 1
            traceback.print_exc()
        words = ": " + ", ".join(said) if said else ""
        print(f"{verdict} {name}{words} ({time.monotonic() - started:.1f} s)", flush=True)

    def end(self):
        sys.exit(1 if self.failed else 0)


def run_tests(title, module):
    """Runs each function of `module` (its globals()) whose name begins with test_; the exit code is 1 where one failed."""
    gates = Gates()
    tests = [(name, test) for name, test in module.items() if name.startswith("test_")]
    for name, test in tests:
        with gates.check(name):
            test()
    print(f"{title}: {len(tests) - gates.failed} passed, {gates.failed} failed")
    gates.end()


def integration_tests(name, least, patience_s, *options):
    """Runs one class of Failsafe's tests and returns how many there were. A test that was skipped proves nothing here."""
    done = subprocess.run(
        ["mvn", "-B", "-q", "--no-transfer-progress", "verify", "-pl", "local", "-am",
         "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false",
         f"-Dit.test={name}", "-Dfailsafe.failIfNoSpecifiedTests=false", *options],
        cwd=ROOT, capture_output=True, text=True, timeout=patience_s)
    assert done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-2000:]}"
    summary = (ROOT / "local/target/failsafe-reports/failsafe-summary.xml").read_text()
    counts = {kind: int(count) for kind, count in re.findall(r"<(completed|errors|failures|skipped)>(\d+)<", summary)}
    assert counts["completed"] >= least, counts
    assert counts["errors"] + counts["failures"] + counts["skipped"] == 0, counts
    return counts["completed"]


def wait_for(what, patience_s, found, pause_s=0.2):
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        value = found()
        if value:
            return value
        time.sleep(pause_s)
    raise AssertionError(f"{what} did not come about in {patience_s} s")
