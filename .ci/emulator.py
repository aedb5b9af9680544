"""Runs the contract of the emulators (EmulatorIT) against ministack: queues and table of another make, over HTTP.

Usage: emulator.py VENV, a virtual environment that has ministack.
"""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATIENCE_S = 60
MAVEN = [
    "mvn", "-B", "-q", "--no-transfer-progress", "verify", "-pl", "local", "-am",
    "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false",
    "-Dit.test=EmulatorIT", "-Dfailsafe.failIfNoSpecifiedTests=false",
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_answer(process, url):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"ministack does not answer at {url}")


def tests_run():
    """What failsafe counted: a contract that was skipped proves nothing."""
    summary = (ROOT / "local/target/failsafe-reports/failsafe-summary.xml").read_text()
    return {name: int(summary.split(f"<{name}>")[1].split("<")[0]) for name in ("completed", "errors", "failures", "skipped")}


def main(venv):
    started = time.monotonic()
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [str(pathlib.Path(venv) / "bin" / "ministack")], stdout=log, stderr=subprocess.STDOUT,
            env={**os.environ, "GATEWAY_PORT": str(port), "MINISTACK_HOST": "127.0.0.1"})
        try:
            await_answer(process, f"http://127.0.0.1:{port}/")
            subprocess.run([*MAVEN, f"-Dfetchline.endpoint=http://127.0.0.1:{port}"], cwd=ROOT, check=True)
            counts = tests_run()
            if counts["completed"] < 5 or counts["errors"] + counts["failures"] + counts["skipped"]:
                raise SystemExit(f"the contract did not run as a whole: {counts}")
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace")[-4000:])
            raise
        finally:
            process.terminate()
            process.wait(timeout=30)
    print(f"ok    ministack keeps the contract: {counts['completed']} tests ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1])
