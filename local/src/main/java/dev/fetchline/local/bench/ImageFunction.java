package dev.fetchline.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The function as its container image has it: all jars on one class path, for which a JVM can keep an ahead-of-time
/// cache (JEP 483, 514, 515). Lambda's own class loader, which a ZIP is loaded by, rules that out. What is started is
/// the image's entry point, and the cache is made as the image's build makes it.
///
/// @param directory what the image has in /fetchline
record ImageFunction(Path directory) {
    private static final String CACHE = "function.aot";

    /// Copies what the build has left for the image; a cache that was there is gone then.
    ///
    /// @param image the context of the image, with its Dockerfile
    static ImageFunction copy(Path image, Path directory) throws IOException {
        if (!Files.isDirectory(image)) {
            throw new IOException(image + " is missing: build it with mvn -DskipTests package (on Linux)");
        }
        try (Stream<Path> files = Files.walk(image)) {
            for (Path from : files.toList()) {
                Path to = directory.resolve(image.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.deleteIfExists(directory.resolve(CACHE));
        return new ImageFunction(directory);
    }

    /// The command that makes the cache; the Dockerfile has the same.
    String[] training(String handler) {
        return Stream.concat(
                        Stream.of(
                                java().resolve("bin/java").toString(),
                                "-cp",
                                "jars/*",
                                "dev.fetchline.lambda.priming.Training",
                                CACHE),
                        command(handler, List.of()).stream())
                .toArray(String[]::new);
    }

    /// Without a cache: what the flat class path alone makes of it.
    Program plain(String name, String version, String handler) {
        return new Program(name, version, directory, false, (_, _) -> command(handler, List.of()));
    }

    /// With the cache, and only with it: the JVM refuses to start where it is not good for this class path.
    Program cached(String name, String version, String handler) {
        return new Program(
                name,
                version,
                directory,
                false,
                (_, _) -> command(handler, List.of("JDK_JAVA_OPTIONS=-XX:AOTMode=on")));
    }

    private List<String> command(String handler, List<String> variables) {
        return Stream.of(
                        Stream.of("env", "JAVA_HOME=" + java()),
                        variables.stream(),
                        Stream.of(directory.resolve("bootstrap").toString(), handler))
                .flatMap(part -> part)
                .toList();
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }
}
