"""The page in real Chromium (PageBrowserIT): a build without a browser skips it, this gate does not."""

import os
import re
import shutil
import subprocess

from gates import ROOT, Gates

TESTS_MIN = 15
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MAVEN = [
    "mvn", "-B", "-q", "--no-transfer-progress", "verify", "-pl", "local", "-am",
    "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false",
    "-Dit.test=PageBrowserIT", "-Dfailsafe.failIfNoSpecifiedTests=false",
]


def browser():
    """Installs Debian's package where there is no browser and this may do so."""
    if not any(map(shutil.which, BROWSERS)) and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=quiet, capture_output=True, timeout=600, check=False)
        subprocess.run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
            env=quiet, capture_output=True, timeout=900, check=True)
    found = next(filter(shutil.which, BROWSERS), None)
    assert found, "no browser: install Debian's package chromium, or google-chrome"
    return found


def counted():
    """What Failsafe counted: a browser test that was skipped proves nothing."""
    summary = (ROOT / "local/target/failsafe-reports/failsafe-summary.xml").read_text()
    return {name: int(count) for name, count in re.findall(r"<(completed|errors|failures|skipped)>(\d+)<", summary)}


def main():
    gates = Gates()
    with gates.check("the page in a real browser") as said:
        said.append(browser())
        done = subprocess.run(MAVEN, cwd=ROOT, capture_output=True, text=True, timeout=1200)
        assert done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-2000:]}"
        counts = counted()
        assert counts["completed"] >= TESTS_MIN, counts
        assert counts["errors"] + counts["failures"] + counts["skipped"] == 0, counts
        said.append(f"{counts['completed']} tests")
    gates.end()


if __name__ == "__main__":
    main()
