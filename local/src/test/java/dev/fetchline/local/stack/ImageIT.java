package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the build leaves for the container image. That its entry point starts, works and uses its cache is shown by
/// BenchIT.
class ImageIT {
    private static final Path IMAGES = Path.of("..", "functions", "fetch", "target", "image")
            .toAbsolutePath()
            .normalize();

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm64"})
    void all_jars_are_on_the_class_path_in_one_order_and_libraries_are_beside_them(String architecture)
            throws IOException {
        List<String> jars = files(architecture, ".jar");
        assertThat(jars)
                .anyMatch(jar -> jar.startsWith("jars/fetchline-fetch-"))
                .anyMatch(jar -> jar.startsWith("jars/aws-lambda-java-runtime-interface-client-"));
        assertThat(arguments(architecture)).containsSubsequence("-cp", String.join(":", jars));
        assertThat(files(architecture, ".so"))
                .containsExactly(
                        "jars/libaws-crt-jni.so",
                        "jars/libaws-lambda-jni.so",
                        "jars/libconscrypt_openjdk_jni-linux-"
                                + (architecture.equals("arm64") ? "aarch_64" : architecture) + ".so");
        assertThat(IMAGES.resolve(architecture).resolve("bootstrap")).isExecutable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm64"})
    void options_of_the_jvm_are_those_of_the_template(String architecture) throws IOException {
        String options = StackTemplate.read(Path.of("..", "template.yaml"), Map.of())
                .define(URI.create("http://127.0.0.1:1"))
                .function()
                .environment()
                .get("JAVA_TOOL_OPTIONS");
        List<String> expected = Arrays.asList(options.strip().split("\\s+"));
        assertThat(arguments(architecture).subList(0, expected.size())).isEqualTo(expected);
        assertThat(arguments(architecture)
                        .subList(expected.size(), arguments(architecture).size()))
                .startsWith("-XX:+UseSerialGC")
                .hasSize(5);
    }

    private static List<String> arguments(String architecture) throws IOException {
        return Arrays.asList(Files.readString(IMAGES.resolve(architecture).resolve("java.args"))
                .strip()
                .split("\\s+"));
    }

    private static List<String> files(String architecture, String suffix) throws IOException {
        try (var files = Files.list(IMAGES.resolve(architecture).resolve("jars"))) {
            return files.map(file -> "jars/" + file.getFileName())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
