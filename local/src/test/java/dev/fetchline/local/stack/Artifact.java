package dev.fetchline.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A copy of the packaged function that a test may change.
record Artifact(Path directory) {
    private static final Path PACKAGED =
            LocalStackSettings.artifactOfThisMachine(Path.of("..", "functions", "fetch", "target", "lambda"));

    private static final String SERVICE = "META-INF/services/java.net.spi.InetAddressResolverProvider";

    static Artifact copyTo(Path directory) {
        try (var files = Files.walk(PACKAGED)) {
            for (Path from : files.toList()) {
                Path to = directory.resolve(PACKAGED.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.createLink(to, from.toRealPath());
                }
            }
            return new Artifact(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With another list of resolver providers, or with none.
    ///
    /// @param providers class names, a line each; empty for no file
    Artifact withProviders(String providers) {
        try {
            Files.delete(directory.resolve(SERVICE));
            if (!providers.isEmpty()) {
                Files.writeString(directory.resolve(SERVICE), providers);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With the classes of a package of the tests.
    Artifact with(Class<?> packageMate) {
        try {
            String packageName = packageMate.getPackageName().replace('.', '/');
            Path to = Files.createDirectories(directory.resolve(packageName));
            try (var classes = Files.list(testClasses(packageMate).resolve(packageName))) {
                for (Path each : classes.toList()) {
                    Files.copy(each, to.resolve(each.getFileName()));
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The project's template, with another handler.
    static Path templateFor(Path directory, Class<?> handler) {
        try {
            String template = Files.readString(Path.of("..", "template.yaml"));
            String changed = template.replace("dev.fetchline.lambda.FetchHandler::", handler.getName() + "::");
            if (changed.equals(template)) {
                throw new IllegalStateException("the template names another handler");
            }
            return Files.writeString(directory.resolve("template.yaml"), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A jar for `-javaagent`.
    static Path agent(Path directory, Class<?> agent) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), agent.getName());
        String file = agent.getName().replace('.', '/') + ".class";
        Path jar = directory.resolve("agent.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry(file));
            Files.copy(testClasses(agent).resolve(file), entries);
            return jar.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path testClasses(Class<?> test) {
        try {
            return Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
