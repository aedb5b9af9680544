package dev.fetchline.local.stack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/// What runs the function inside its process: Lambda's own runtime client where its native part exists, else a
/// stand-in.
///
/// @param mainClass the process's main class
/// @param classPath its class path; nothing of the function is on it, exactly as in Lambda
/// @param options JVM options that it needs
/// @param description one sentence for a person
record RuntimeClient(String mainClass, String classPath, List<String> options, String description) {
    private static final long KB = 1024;
    private static final String NATIVE_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /// @param scratch a directory for the native library; two processes must not unpack it to one place (the client's
    ///     own way), one may load what the other half wrote
    static RuntimeClient choose(boolean standIn, Path scratch) {
        String library = nativeLibrary();
        if (standIn || library.isEmpty()) {
            return new RuntimeClient(
                    StandInRuntime.class.getName(),
                    classPath(StandInRuntime.class),
                    List.of(),
                    standIn
                            ? "The function runs under Fetchline's stand-in for Lambda's runtime client, as asked."
                            : "The function runs under Fetchline's stand-in for Lambda's runtime client, whose native"
                                    + " part exists for Linux on x86_64 and arm64 only.");
        }
        return new RuntimeClient(
                AWSLambda.class.getName(),
                classPath(AWSLambda.class),
                List.of("-D" + NATIVE_PROPERTY + "=" + unpack(library, scratch)),
                "The function runs under Lambda's own runtime client.");
    }

    /// The command line that Lambda starts the function's process with.
    ///
    /// @param memoryMb of the function
    /// @param snapStart whether it is to be restored from a snapshot
    List<String> command(String handler, int memoryMb, boolean snapStart) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Lambda's own settings: its Java leaves 15 % of the memory outside the heap, and runs C1 only, except where a
        // snapshot keeps what was compiled.
        command.add("-XX:MaxHeapSize=" + memoryMb * KB * 85 / 100 + "k");
        command.add("-XX:+UseSerialGC");
        if (!snapStart) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // By which the function's org.crac finds that of the runtime client.
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        // The runtime client's one use of sun.misc.Unsafe would be four lines in every log.
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.add(handler);
        return command;
    }

    /// Whether it is Lambda's own.
    boolean isReal() {
        return mainClass.equals(AWSLambda.class.getName());
    }

    private static String nativeLibrary() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "";
        }
        String libc = musl() ? "linux_musl" : "linux";
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "libaws-lambda-jni." + libc + "-x86_64.so";
            case "aarch64" -> "libaws-lambda-jni." + libc + "-aarch_64.so";
            default -> "";
        };
    }

    private static boolean musl() {
        return Stream.of("x86_64", "aarch64").anyMatch(arch -> Files.exists(Path.of("/lib/ld-musl-" + arch + ".so.1")))
                && Stream.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
                        .noneMatch(glibc -> Files.exists(Path.of(glibc)));
    }

    private static Path unpack(String library, Path scratch) {
        Path target = scratch.resolve(library);
        try (InputStream bytes = AWSLambda.class.getResourceAsStream("/jni/" + library)) {
            if (bytes == null) {
                throw new LocalStackException("The runtime client has no native library " + library + ".");
            }
            Files.copy(bytes, target);
            return target;
        } catch (IOException e) {
            throw new LocalStackException("The runtime client's native library cannot be unpacked: " + e + ".", e);
        }
    }

    private static String classPath(Class<?> main) {
        List<Class<?>> parts = new ArrayList<>(
                List.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class));
        parts.add(main);
        return parts.stream()
                .map(RuntimeClient::location)
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> part) {
        try {
            return Path.of(
                    part.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new LocalStackException("The place of " + part.getName() + " cannot be found: " + e + ".", e);
        }
    }
}
