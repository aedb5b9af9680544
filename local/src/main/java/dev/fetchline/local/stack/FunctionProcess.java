package dev.fetchline.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// One process of the function, with the command line, directory and environment that Lambda gives it.
final class FunctionProcess {
    private static final long KB = 1024;

    private final Process process;

    private FunctionProcess(Process process) {
        this.process = process;
    }

    static FunctionProcess start(FunctionLaunch launch, int environment, String runtimeApi, FunctionLog log) {
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(launch.artifact().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.redirect());
        builder.environment().clear();
        builder.environment().putAll(environment(launch, environment, runtimeApi));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new FunctionProcess(process);
        } catch (IOException e) {
            throw new LocalStackException("The function's process cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, String> environment(FunctionLaunch launch, int environment, String runtimeApi) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("AWS_REGION", StackTemplate.REGION);
        variables.put("AWS_DEFAULT_REGION", StackTemplate.REGION);
        variables.put("AWS_ACCESS_KEY_ID", AwsClients.ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", AwsClients.SECRET_KEY);
        variables.put("AWS_ENDPOINT_URL_SQS", launch.sqsEndpoint().toString());
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", launch.dynamoDbEndpoint().toString());
        // Lambda has no such files; the developer's own must not steer a local run.
        variables.put("AWS_CONFIG_FILE", "/dev/null");
        variables.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        variables.put("TZ", ":UTC");
        variables.put("LANG", "en_US.UTF-8");
        // Lambda has that locale, this machine may not; in ASCII no file whose path has an umlaut is found.
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        // Lambda's, with the function where /var/task is. System.loadLibrary finds the native libraries by it.
        String root = launch.artifact().toString();
        variables.put("LD_LIBRARY_PATH", "/lib64:/usr/lib64:" + root + ":" + root + "/lib:/opt/lib");
        variables.putAll(launch.function().environment());
        variables.putAll(launch.overrides());
        // Reserved in Lambda, so nothing comes after them.
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", launch.snapStart() ? "snap-start" : "on-demand");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", launch.function().name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(launch.function().memoryMb()));
        variables.put(
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + launch.function().name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local/" + environment);
        if (launch.invocationsMax() > 1) {
            variables.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(launch.invocationsMax()));
        }
        if (!launch.disturbance().equals(Disturbance.NONE)) {
            // Part of the SDK's User-Agent: a proxy between function and servers sees which environment calls.
            variables.put("AWS_SDK_UA_APP_ID", FunctionEnvironment.APP_ID_PREFIX + environment);
        }
        variables.put("_HANDLER", launch.function().handler());
        variables.put("LAMBDA_TASK_ROOT", launch.artifact().toString());
        return variables;
    }

    Process process() {
        return process;
    }

    /// Ends the process and whatever it started, as Lambda does: without a word to it.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Stops the process where it is, or lets it go on; on a process that has ended nothing happens.
    void signal(String name) {
        try {
            var _ = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LocalStackException("A process cannot be sent a signal: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean awaitExit(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Its resident size in bytes; 0 when it cannot be told, as for a process that has ended.
    long residentBytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            if (Files.exists(Path.of("/proc/self/status"))) {
                return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KB)
                        .findFirst()
                        .orElse(0);
            }
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
            String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? 0 : Long.parseLong(answer) * KB;
        } catch (IOException e) {
            return 0;
        }
    }
}
