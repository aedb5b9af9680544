"""A stand-in for public.ecr.aws/lambda/java:25, for machines that cannot pull it: this machine's JDK 25 and glibc, Lambda's own
runtime client, and paths and environment as AWS's image has them. With Docker and a network, use AWS's image."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess

from emulator import ARCHITECTURE, RUNTIME_NATIVE, Started, jdk_25, runtime_jars
from gates import wait_for

IMAGE = f"public.ecr.aws/lambda/java:25-{ARCHITECTURE}"
PACKAGES = ["podman", "runc", "netavark", "aardvark-dns", "iptables", "busybox-static"]

# runc: Debian's crun refuses hybrid cgroups. Limits below the hard ones, which a container may not raise. A subnet of our own: a
# bridge that another network backend left behind has podman's, and answers would go there.
CONTAINERS_CONF = """[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
[engine]
runtime = "runc"
[network]
default_subnet = "10.213.77.0/24"
network_config_dir = "FOLDER/networks"
"""

ENVIRONMENT = {
    "LANG": "en_US.UTF-8", "TZ": ":/etc/localtime", "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    "LD_LIBRARY_PATH": "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
    "LAMBDA_TASK_ROOT": "/var/task", "LAMBDA_RUNTIME_DIR": "/var/runtime"}

BOOTSTRAP = """#!/bin/sh
cd "$LAMBDA_TASK_ROOT"
exec /var/lang/bin/java -XX:MaxHeapSize=$((${AWS_LAMBDA_FUNCTION_MEMORY_SIZE:-1024} * 1024 * 85 / 100))k -XX:+UseSerialGC \\
    -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac \\
    -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=/var/runtime/lib/libaws-lambda-jni.so \\
    -cp '/var/runtime/lib/*' com.amazonaws.services.lambda.runtime.api.client.AWSLambda \\
    "${_HANDLER:-$AWS_LAMBDA_FUNCTION_HANDLER}"
"""

COMMANDS = ["sh", "mv", "cp", "chmod", "mkdir", "ls", "cat", "env", "rm", "ln"]
# A Java handler's own TLS is the JDK's or the package's; the SDK's native client looks here.
CA_BUNDLES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]


def missing():
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    return [name for name in ("podman", "runc", "iptables", "busybox") if not shutil.which(name, path=path)]


def install():
    """None if all is there or could be installed, else a sentence that says why not."""
    if not missing():
        return None
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"{', '.join(missing())} not found, and only root with apt-get can install them"
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True, "text": True, "timeout": 300}
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    done = subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES], **quiet)
    return None if done.returncode == 0 and not missing() else f"apt-get could not install podman: {done.stderr.strip()[-300:]}"


def needed_libraries(files):
    """What the loader needs for these files, itself included."""
    found = set()
    for file in files:
        said = subprocess.run(["ldd", file], capture_output=True, text=True).stdout
        found |= {word for word in said.split() if word.startswith("/") and ".so" in word and not word.startswith(str(jdk_25()))}
    return {pathlib.Path(name) for name in found}


def root_file_system(root, package, more_files):
    jdk = jdk_25()
    for name in ["bin", "tmp", "proc", "sys", "dev", "opt", "var/task", "var/rapid", "var/runtime/lib", "etc/pki/tls/certs"]:
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    shutil.copy(shutil.which("busybox"), root / "bin" / "busybox")
    for name in COMMANDS:
        (root / "bin" / name).symlink_to("busybox")
    shutil.copytree(
        jdk, root / "var" / "lang", ignore_dangling_symlinks=True,
        ignore=shutil.ignore_patterns("src.zip", "jmods", "man", "demo", "legal", "include"))
    natives = [jdk / "bin" / "java", *jdk.glob("lib/*.so"), jdk / "lib/server/libjvm.so", *package.glob("lib/*.so"), RUNTIME_NATIVE]
    for library in needed_libraries(natives):
        (root / library.relative_to("/")).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library.relative_to("/"))
    for file in [*runtime_jars(), RUNTIME_NATIVE]:
        shutil.copy(file, root / "var/runtime/lib")
    (root / "var/runtime/bootstrap").write_text(BOOTSTRAP)
    (root / "var/runtime/bootstrap").chmod(0o755)
    shutil.copy(next(filter(os.path.exists, CA_BUNDLES)), root / "etc/pki/tls/certs/ca-bundle.crt")
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\n")
    (root / "etc/nsswitch.conf").write_text("hosts: files dns\n")
    for name, file in more_files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / name)


class Containers(contextlib.ExitStack):
    """podman's service with images and containers of its own, gone at the end."""

    def __init__(self, folder):
        super().__init__()
        self.folder = pathlib.Path(folder)
        (self.folder / "networks").mkdir()
        self.socket = f"unix://{folder}/podman.sock"
        (self.folder / "containers.conf").write_text(CONTAINERS_CONF.replace("FOLDER", str(folder)))
        self.environment = {**os.environ, "CONTAINERS_CONF": str(self.folder / "containers.conf")}
        self.command = ["podman", "--root", f"{folder}/storage", "--runroot", f"{folder}/run"]

    def __enter__(self):
        service = Started(
            "podman", self.folder, [*self.command, "system", "service", "--time=0", self.socket], env=self.environment)
        self.callback(self.podman, "rmi", "--all", "--force")
        self.enter_context(service)

        def ready():
            service.expect_alive()
            return (self.folder / "podman.sock").exists()

        wait_for("podman's service", 30, ready)
        return self

    def podman(self, *arguments, **options):
        done = subprocess.run([*self.command, *arguments], env=self.environment, capture_output=True, timeout=120, **options)
        assert done.returncode == 0, f"podman {arguments}: {done.stderr.decode()}"
        return done.stdout

    def gateway(self):
        """This machine's address as containers see it."""
        return json.loads(self.podman("network", "inspect", "podman"))[0]["subnets"][0]["gateway"]

    def build_image(self, package, more_files):
        root = self.folder / "rootfs"
        root_file_system(root, package, more_files)
        changes = [f"ENV {name}={value}" for name, value in ENVIRONMENT.items()] + ["WORKDIR /var/task"]
        tar = subprocess.Popen(["tar", "-C", root, "-c", "."], stdout=subprocess.PIPE)
        self.podman("import", *[word for change in changes for word in ("--change", change)], "-", IMAGE, stdin=tar.stdout)
        assert tar.wait() == 0
        shutil.rmtree(root)
