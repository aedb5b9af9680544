package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The template for the container image is made of template.yaml, and differs from it in nothing but what an image
/// demands.
class ImageTemplateTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TEMPLATE = ROOT.resolve("template.yaml");
    private static final Path SOURCES = ROOT.resolve("functions/fetch/src");

    @TempDir
    Path directory;

    /// Exit code of the program that makes it; what it says, or makes, goes to files.
    private int make(Path template, String architecture) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "awk",
                        "-v",
                        "architecture=" + architecture,
                        "-f",
                        SOURCES.resolve("build/image-template.awk").toString(),
                        template.toString())
                .redirectOutput(directory.resolve("made.yaml").toFile())
                .redirectError(directory.resolve("said").toFile())
                .start()
                .waitFor();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> at(Map<String, @Nullable Object> document, String... path) {
        Map<String, @Nullable Object> found = document;
        for (String key : path) {
            found = (Map<String, @Nullable Object>) found.get(key);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void only_what_an_image_demands_is_different(String architecture) throws Exception {
        assertThat(make(TEMPLATE, architecture)).isZero();

        Map<String, @Nullable Object> expected = TemplateYaml.read(TEMPLATE);
        at(expected, "Parameters").remove("SnapStart");
        at(expected, "Parameters", "Architecture").put("Default", architecture);
        at(expected, "Parameters", "Architecture").put("AllowedValues", List.of(architecture));
        at(expected, "Resources", "FetchFunction")
                .put(
                        "Metadata",
                        Map.of(
                                "Dockerfile",
                                "Dockerfile",
                                "DockerContext",
                                "functions/fetch/target/image/" + architecture,
                                "DockerTag",
                                architecture));
        Map<String, @Nullable Object> properties = at(expected, "Resources", "FetchFunction", "Properties");
        assertThat(properties.keySet()).contains("CodeUri", "Runtime", "Handler", "SnapStart");
        properties.keySet().removeAll(List.of("CodeUri", "Runtime", "Handler", "SnapStart"));
        properties.put("PackageType", "Image");
        at(properties, "Environment", "Variables").remove("JAVA_TOOL_OPTIONS");
        List<?> description = (List<?>) at(properties, "Description").get("Fn::Select");
        assertThat(((List<?>) description.getLast()).remove(Map.of("Ref", "SnapStart")))
                .isTrue();
        if (expected.get("Metadata") != null) {
            parameterGroups(expected).forEach(group -> ((List<?>) at(group).get("Parameters")).remove("SnapStart"));
        }
        assertThat(TemplateYaml.read(directory.resolve("made.yaml"))).isEqualTo(expected);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> parameterGroups(Map<String, @Nullable Object> document) {
        return (List<Map<String, @Nullable Object>>)
                at(document, "Metadata", "AWS::CloudFormation::Interface").get("ParameterGroups");
    }

    @Test
    void a_template_in_which_a_place_is_not_found_is_refused() throws Exception {
        Path changed = Files.writeString(
                directory.resolve("template.yaml"),
                Files.readString(TEMPLATE).replace("      Runtime: java25\n", "      Runtime : java25\n"));
        assertThat(make(changed, "arm64")).isEqualTo(1);
        assertThat(directory.resolve("said")).content().contains("found 9 of 10 places in template.yaml");
    }

    @Test
    void dockerfile_and_template_name_one_handler() throws IOException {
        Object handler = at(TemplateYaml.read(TEMPLATE), "Resources", "FetchFunction", "Properties")
                .get("Handler");
        assertThat(Files.readString(SOURCES.resolve("image/Dockerfile")))
                .contains("CMD [\"" + handler + "\"]")
                .contains("./bootstrap " + handler + " ");
    }
}
