"""ministack, an emulator of AWS of another make than Fetchline's own local servers, and the function beside it."""

import http.server
import json
import os
import pathlib
import platform
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request

from gates import ROOT, wait_for

ARCHITECTURE = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
REGION = "us-east-1"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
# The jars and the native library of Lambda's own runtime client, as the build leaves them.
RUNTIME_JARS = ROOT / "functions" / "fetch" / "target" / "image" / ARCHITECTURE / "jars"
RUNTIME_CLIENT = ["aws-lambda-java-runtime-interface-client", "aws-lambda-java-core", "aws-lambda-java-serialization", "utils-lite"]
RUNTIME_NATIVE = RUNTIME_JARS / "libaws-lambda-jni.so"


def runtime_jars():
    return [next(RUNTIME_JARS.glob(f"{name}-[0-9]*.jar")) for name in RUNTIME_CLIENT]


def jdk_25():
    candidates = [pathlib.Path(os.environ.get("JAVA_HOME", "/nonexistent")), *sorted(pathlib.Path("/usr/lib/jvm").glob("*"))]
    for candidate in candidates:
        release = candidate / "release"
        if release.is_file() and 'JAVA_VERSION="25' in release.read_text():
            return candidate
    raise AssertionError("no JDK 25 in JAVA_HOME or /usr/lib/jvm")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        urllib.request.urlopen(url, timeout=2)
        return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


class Started:
    """A process with a log of its own, ended with what it started when its block ends."""

    def __init__(self, name, folder, command, **options):
        self.log = pathlib.Path(folder) / f"{name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Ours alone: it leads a session of its own.
        for how in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, how)
                try:
                    self.process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    pass

    def text(self):
        return self.log.read_text(errors="replace")

    def expect_alive(self):
        assert self.process.poll() is None, f"{self.log.name} ended:\n{self.text()[-3000:]}"


class Ministack(Started):
    def __init__(self, folder, host="127.0.0.1"):
        self.port = free_port()
        self.endpoint = f"http://{host}:{self.port}"
        environment = {
            **os.environ, **KEYS, "GATEWAY_PORT": str(self.port), "BIND_HOST": "127.0.0.1" if host == "127.0.0.1" else "0.0.0.0",
            "DOCKER_HOST": "unix:///nonexistent.sock"}
        super().__init__("ministack", folder, [pathlib.Path(sys.executable).parent / "ministack"], env=environment, cwd=folder)

    def __enter__(self):
        def ready():
            self.expect_alive()
            return answers(f"http://127.0.0.1:{self.port}/_ministack/health")

        try:
            wait_for("ministack", 60, ready)
        except AssertionError:
            self.__exit__()
            raise
        return self


class Function(Started):
    """A package under Lambda's runtime interface emulator (the one in the SAM CLI) and Lambda's own runtime client."""

    def __init__(self, folder, sam_venv, package, environment, memory_mb):
        emulator = next(pathlib.Path(sam_venv).glob(f"lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-{ARCHITECTURE}"))
        self.port, api = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations"
        command = [
            emulator, "--log-level", "error", "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
            "--runtime-api-address", f"127.0.0.1:{api}", jdk_25() / "bin" / "java", f"-XX:MaxHeapSize={memory_mb * 1024 * 85 // 100}k",
            "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            f"-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI={RUNTIME_NATIVE}",
            "-cp", os.pathsep.join(str(jar) for jar in runtime_jars()),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "dev.fetchline.lambda.FetchHandler::handleRequest"]
        # As in Lambda: the package is the working directory, and its native libraries are found in lib.
        super().__init__(
            "function", folder, command, cwd=package,
            env={**KEYS, "PATH": os.environ["PATH"], "LD_LIBRARY_PATH": str(package / "lib"), "LAMBDA_TASK_ROOT": str(package),
                 "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_mb), "AWS_LAMBDA_FUNCTION_TIMEOUT": "120", **environment})

    def __enter__(self):
        def listening():
            self.expect_alive()
            # No request: it takes any for an event.
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        wait_for("the runtime interface emulator", 30, listening)
        return self

    def invoke(self, event):
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url, data=event, method="POST"), timeout=150) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            return error.read()  # it did not start; the body says why


class Relay(http.server.ThreadingHTTPServer):
    """Where ministack sends the function's events. One at a time, as the runtime interface emulator falls over two; it keeps
    what went through. A function's error is an error here too: the emulator answers it with status 200."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), RelayHandler)
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.one_at_a_time = threading.Lock()
        self.function = None
        self.passed = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class RelayHandler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        event = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.one_at_a_time:
            answer = self.server.function.invoke(event)
            response = json.loads(answer)
            self.server.passed.append((json.loads(event), response))
        self.send_response(500 if "errorMessage" in response else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass
