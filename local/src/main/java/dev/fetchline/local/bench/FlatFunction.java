package dev.fetchline.local.bench;

import dev.fetchline.local.stack.FunctionHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// The packaged function as a container image could start it: on one flat class path, for which a JVM can keep an
/// ahead-of-time cache (JEP 483, 514, 515). Lambda's own class loader, which a ZIP is loaded by, rules that out.
///
/// Only measured, not offered; docs/decisions.md says why.
final class FlatFunction {
    /// A cache takes classes from jars only, and the packaged function's own are files in a directory.
    private static final String JAR = "function.jar";

    private final FunctionHost host;
    private final Path directory;
    private final List<Path> classPath;
    private final Path libraries;
    private final Path cache;

    private FlatFunction(FunctionHost host, Path directory, List<Path> classPath, Path libraries) {
        this.host = host;
        this.directory = directory;
        this.classPath = classPath;
        this.libraries = libraries;
        this.cache = directory.resolve("function.aot");
    }

    /// Lays the class path out.
    ///
    /// @param artifact the packaged function
    /// @param directory for the jar and the cache; what they were before is removed
    static FlatFunction of(Path artifact, Path directory, FunctionHost host) throws IOException {
        Files.createDirectories(directory);
        List<Path> classPath = new ArrayList<>(List.of(jar(artifact, directory.resolve(JAR))));
        Path libraries = artifact.resolve("lib");
        try (Stream<Path> files = Files.list(libraries)) {
            // In one order: a cache is good for the very class path that it was made with.
            files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(classPath::add);
        }
        FlatFunction flat = new FlatFunction(host, directory, List.copyOf(classPath), libraries);
        Files.deleteIfExists(flat.cache);
        return flat;
    }

    private static Path jar(Path artifact, Path target) throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int status = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new IOException("this JDK has no jar tool"))
                .run(
                        writer,
                        writer,
                        "--create",
                        "--file=" + target,
                        "-C",
                        artifact.toString(),
                        "META-INF",
                        "-C",
                        artifact.toString(),
                        "dev");
        if (status != 0) {
            throw new IOException("jar failed: " + said.toString().strip());
        }
        return target;
    }

    /// Where [#training] leaves the cache.
    Path cache() {
        return cache;
    }

    /// Without a cache: what the flat class path alone makes of it.
    Program plain(String name, String version) {
        return program(name, version, List.of());
    }

    /// With the cache, and only with it: the JVM refuses to start where it is not good for this class path.
    Program cached(String name, String version) {
        return program(name, version, List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache));
    }

    /// Writes the cache when it is ended by SIGTERM, by a second JVM that it starts.
    Program training(String name, String version) {
        return program(name, version, List.of("-XX:AOTCacheOutput=" + cache));
    }

    private Program program(String name, String version, List<String> more) {
        List<String> options = Stream.concat(Stream.of("-Djava.library.path=" + libraries), more.stream())
                .toList();
        return new Program(
                name,
                version,
                directory,
                false,
                (memoryMb, _) -> host.flatFunctionCommand(classPath, options, memoryMb));
    }
}
