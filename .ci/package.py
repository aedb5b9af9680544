"""The package of the function: sam build, make and ./fetchline have the same one; a checkout elsewhere builds the same bytes;
it is small, and has the native libraries of its own processor and no other.

Usage: package.py SAM_VENV DIRECTORY; the templates and packages that sam built are left in DIRECTORY/sam-build/ARCH."""

import filecmp
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

from gates import ROOT, Gates

SAM, SCRATCH = pathlib.Path(sys.argv[1]) / "bin" / "sam", pathlib.Path(sys.argv[2])

# The budget. Lambda takes 250 MB unzipped and 50 MB zipped; what counts is the start, which reads it. On 2026-11-23:
# 38.7 and 9.9 MB.
UNZIPPED_BYTES_MAX = 40_000_000
ZIPPED_BYTES_MAX = 10_500_000

# e_machine, the two bytes at 18 of an ELF file.
MACHINES = {"x86_64": 0x3E, "arm64": 0xB7}
NATIVE = (".so", ".dylib", ".jnilib", ".dll")


def run(*command, cwd=ROOT, **environment):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, "SAM_CLI_TELEMETRY": "0", **environment},
        capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def files(directory):
    return sorted(path for path in directory.rglob("*") if path.is_file())


def expect_same(one, other):
    names = [[str(file.relative_to(where)) for file in files(where)] for where in (one, other)]
    assert names[0] and names[0] == names[1], f"{one} and {other} hold other files: {set(names[0]) ^ set(names[1])}"
    _, differing, unread = filecmp.cmpfiles(one, other, names[0], shallow=False)
    assert not differing and not unread, f"{one} and {other} differ in {differing + unread}"
    return len(names[0])


def zipped_bytes(directory):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for file in files(directory):
            package.write(file, file.relative_to(directory))
    return len(target.getvalue())


def expect_native_libraries_of(architecture, directory):
    libraries = [file for file in files(directory) if file.name.endswith(NATIVE)]
    assert {file.name.split("-")[0] for file in libraries} == {"libaws", "libconscrypt_openjdk_jni"}, libraries
    for file in libraries:
        head = file.read_bytes()[:20]
        assert head[:4] == b"\x7fELF" and int.from_bytes(head[18:20], "little") == MACHINES[architecture], file
    for jar in directory.rglob("*.jar"):
        inside = [name for name in zipfile.ZipFile(jar).namelist() if name.endswith(NATIVE)]
        assert not inside, f"{jar} has {inside}"


def copy_of_the_checkout(directory):
    names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, directory / name)


def main():
    gates = Gates()
    packages = {architecture: SCRATCH / "make-build" / architecture for architecture in MACHINES}
    local = ROOT / "functions" / "fetch" / "target" / "lambda"
    for architecture, package in packages.items():
        with gates.check(f"make build-FetchFunction, {architecture}") as said:
            run("make", "-s", "build-FetchFunction", f"ARTIFACTS_DIR={package}", f"ARCH={architecture}")
            assert (package / "dev/fetchline/lambda/FetchHandler.class").is_file()
            said.append(f"{expect_same(package, local / architecture)} files, those that ./fetchline runs")
    for architecture, package in packages.items():
        with gates.check(f"sam build, {architecture}, without a container") as said:
            built = SCRATCH / "sam-build" / architecture
            # No way to a container: a socket that is not there.
            run(SAM, "build", "--build-dir", built, "--parameter-overrides", f"Architecture={architecture}",
                ARCH=architecture, DOCKER_HOST="unix:///nonexistent.sock")
            expect_same(built / "FetchFunction", package)
            said.append("the same bytes as make's")
    with gates.check("reproducible"), tempfile.TemporaryDirectory(prefix="elsewhere-") as folder:
        elsewhere = pathlib.Path(folder) / "another name"
        elsewhere.mkdir()
        copy_of_the_checkout(elsewhere)
        run("make", "-s", "build-FetchFunction", f"ARTIFACTS_DIR={folder}/x86_64", "ARCH=x86_64", cwd=elsewhere,
            TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", USER="someone")
        expect_same(pathlib.Path(folder) / "x86_64", packages["x86_64"])
        expect_same(elsewhere / "functions/fetch/target/lambda/arm64", packages["arm64"])
    for architecture, package in packages.items():
        with gates.check(f"size and native libraries, {architecture}") as said:
            expect_native_libraries_of(architecture, package)
            unzipped, zipped = sum(file.stat().st_size for file in files(package)), zipped_bytes(package)
            said += [f"{unzipped:,} bytes", f"{zipped:,} zipped"]
            assert unzipped <= UNZIPPED_BYTES_MAX, f"{unzipped:,} bytes, more than {UNZIPPED_BYTES_MAX:,}"
            assert zipped <= ZIPPED_BYTES_MAX, f"{zipped:,} bytes zipped, more than {ZIPPED_BYTES_MAX:,}"
    gates.end()


if __name__ == "__main__":
    main()
