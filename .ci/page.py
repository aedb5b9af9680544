"""The page in real Chromium (PageBrowserIT): a build without a browser skips it, this gate does not."""

import os
import shutil
import subprocess

from gates import Gates, integration_tests

TESTS_MIN = 15
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


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


def main():
    gates = Gates()
    with gates.check("the page in a real browser") as said:
        said.append(browser())
        said.append(f"{integration_tests('PageBrowserIT', TESTS_MIN, 1200)} tests")
    gates.end()


if __name__ == "__main__":
    main()
