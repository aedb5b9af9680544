"""The contract of queues and table (EmulatorIT), which the embedded servers keep in every build, against ministack: an emulator
of another make, over HTTP."""

import tempfile

from emulator import Ministack
from gates import Gates, integration_tests

TESTS_MIN = 5


def main():
    gates = Gates()
    with gates.check("ministack keeps the contract of queues and table") as said:
        with tempfile.TemporaryDirectory() as folder, Ministack(folder) as ministack:
            try:
                count = integration_tests("EmulatorIT", TESTS_MIN, 600, f"-Dfetchline.endpoint={ministack.endpoint}")
            except AssertionError as failure:
                raise AssertionError(f"{failure}{ministack.text()[-2000:]}") from failure
        said.append(f"{count} tests")
    gates.end()


if __name__ == "__main__":
    main()
