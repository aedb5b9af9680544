package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A template that rules look at: as it is written, and as a local run reads it.
record CheckedTemplate(Path file, Map<String, @Nullable Object> document) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static CheckedTemplate of(Path file) {
        return new CheckedTemplate(file, TemplateYaml.read(file));
    }

    static CheckedTemplate ofTheProject() {
        return of(ROOT.resolve("template.yaml"));
    }

    StackDefinition stack(Map<String, String> parameters) {
        return StackTemplate.read(file, parameters).define(URI.create("http://127.0.0.1:1"));
    }

    /// By default, and with each number parameter at one end of its range.
    List<StackDefinition> stacks() {
        return Stream.of(Map.<String, String>of(), extreme("MinValue"), extreme("MaxValue"))
                .map(this::stack)
                .toList();
    }

    private Map<String, String> extreme(String end) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters().keySet().forEach(name -> {
            Object value = parameter(name).get(end);
            if (value != null) {
                values.put(name, value.toString());
            }
        });
        return values;
    }

    Map<String, @Nullable Object> parameters() {
        return at(document, "Parameters");
    }

    Map<String, @Nullable Object> parameter(String name) {
        return at(parameters(), name);
    }

    Map<String, @Nullable Object> resource(String id) {
        return at(at(document, "Resources"), id);
    }

    Map<String, @Nullable Object> properties(String id) {
        return at(resource(id), "Properties");
    }

    /// Ids of all resources of a type.
    List<String> ids(String type) {
        return at(document, "Resources").keySet().stream()
                .filter(id -> type.equals(resource(id).get("Type")))
                .toList();
    }

    /// A value that is given by a way of keys; null where one is missing.
    static @Nullable Object value(@Nullable Object from, String... way) {
        Object here = from;
        for (String key : way) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return here;
    }

    static Map<String, @Nullable Object> at(Map<String, @Nullable Object> parent, String key) {
        Object child = parent.get(key);
        return child == null ? Map.of() : TemplateYaml.map(child, key);
    }

    /// The elements of a list; of a value that is none, itself.
    static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? List.copyOf(list) : value == null ? List.of() : List.of(value);
    }

    /// A value as it is read best: `Ref X` and `GetAtt X.Y` as `X` and `X.Y`, anything else as it is.
    static String plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> call && call.size() == 1) {
            Object name = call.keySet().iterator().next();
            if (name.equals("Ref") || name.equals("Fn::GetAtt") || name.equals("Fn::Sub")) {
                return String.valueOf(call.get(name));
            }
        }
        return value instanceof List<?> list
                ? String.join(" ", list.stream().map(CheckedTemplate::plain).toList())
                : String.valueOf(value);
    }
}
