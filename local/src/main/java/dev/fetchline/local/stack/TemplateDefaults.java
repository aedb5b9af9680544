package dev.fetchline.local.stack;

import java.nio.file.Path;
import java.util.Map;

/// The defaults of a template's parameters.
///
/// @param values by name
public record TemplateDefaults(Map<String, String> values) {
    public TemplateDefaults {
        values = Map.copyOf(values);
    }

    /// Reads them.
    ///
    /// @throws LocalStackException if the template cannot be read, or a parameter has no default
    public static TemplateDefaults read(Path template) {
        return new TemplateDefaults(TemplateParameters.resolve(
                TemplateYaml.map(TemplateYaml.read(template).get("Parameters"), "Parameters"), Map.of()));
    }

    /// A parameter that is a whole number.
    public int number(String parameter) {
        String value = values.get(parameter);
        if (value == null) {
            throw new LocalStackException("The template has no parameter " + parameter + ".");
        }
        return Integer.parseInt(value);
    }
}
