package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the template says of the code, and the code of the template.
class TemplateAndCodeTest {
    private static final FunctionDefinition FUNCTION = StackTemplate.read(Path.of("..", "template.yaml"), Map.of())
            .define(URI.create("http://127.0.0.1:1"))
            .function();

    @Test
    void the_handler_exists() throws Exception {
        assertThat(FUNCTION.handler()).endsWith("::handleRequest");
        Path classes = Path.of("..", "functions", "fetch", "target", "classes");
        try (URLClassLoader function = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            // Not initialised: its static init wants Lambda's surroundings.
            Class<?> handler = Class.forName(FUNCTION.handler().split("::", 2)[0], false, function);
            assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
            // The runtime client takes methods by their name: of two it might take the other.
            assertThat(handler.getMethods())
                    .filteredOn(method -> method.getName().equals("handleRequest"))
                    .hasSize(1);
        }
    }

    @Test
    void every_environment_name_is_known_on_both_sides() throws ReflectiveOperationException {
        Set<String> template = new TreeSet<>(FUNCTION.environment().keySet());
        template.remove("JAVA_TOOL_OPTIONS"); // the JVM's
        Object names = Class.forName("dev.fetchline.pipeline.FetchSettings")
                .getMethod("environmentNames")
                .invoke(null);
        Set<String> code = new TreeSet<>();
        ((Set<?>) names).forEach(name -> code.add(name.toString()));
        code.removeIf(name -> name.startsWith("AWS_")); // Lambda's
        assertThat(code).isEqualTo(template);
    }
}
