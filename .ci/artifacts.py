"""Checks what is handed on: the SBOM names just the jars of the packaged function, and DynamoDB Local is in none.

Usage: artifacts.py DIRECTORY..., each with a packaged function.
"""

import json
import pathlib
import sys
import zipfile

from gates import ROOT

SBOM = ROOT / "functions/fetch/target/fetchline-sbom.json"
FORBIDDEN = "software/amazon/dynamodb/services/local/"  # DynamoDB Local's licence forbids handing it on


def named(components):
    # The build takes Conscrypt's jar of all platforms apart: classes in one jar, a native library in a file.
    return {c["name"].replace("conscrypt-openjdk-uber", "conscrypt-openjdk") + "-" + c["version"] for c in components}


def main(directories):
    faults = []
    listed = named(json.loads(SBOM.read_text())["components"])
    for directory in map(pathlib.Path, directories):
        jars = sorted(directory.rglob("*.jar"))
        stems = {jar.stem.split("-linux-")[0] for jar in jars}
        if not jars:
            faults.append(f"{directory} has no jars")
        faults += [f"{directory}: {name} is not in the SBOM" for name in sorted(stems - listed)]
        faults += [f"{directory}: {name} is in the SBOM and not there" for name in sorted(listed - stems)]
        for jar in jars:
            if any(name.startswith(FORBIDDEN) for name in zipfile.ZipFile(jar).namelist()):
                faults.append(f"{jar} contains DynamoDB Local")
        if (directory / FORBIDDEN).exists():
            faults.append(f"{directory} contains DynamoDB Local")
    for fault in faults:
        print(f"FAIL  {fault}")
    if not faults:
        print(f"ok    the SBOM lists the {len(listed)} jars of the function, and DynamoDB Local is in none")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
