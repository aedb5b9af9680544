package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When a version of the function is published. That SAM does so is proven with SAM itself, in
/// `.ci/published_versions.py`.
final class VersionRules {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    private VersionRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("SAM sees what the function sees of the parameters", VersionRules::seen),
                new TemplateRule("SAM looks at the values in the description", VersionRules::looks),
                new TemplateRule("a default is the same text as the value that is sent for it", VersionRules::texts));
    }

    /// One that is missing would not come into use by a change of it alone. One too many would end the deployment, for
    /// Lambda publishes no version that is like the one before.
    private static void seen(CheckedTemplate template) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>(template.properties("FetchFunction"));
        Object description = function.get("Description");
        function.keySet().removeAll(Set.of("Description", "AutoPublishCodeSha256", "Events", "DeploymentPreference"));
        assertThat(parameters(template, description)).isEqualTo(parameters(template, function));
    }

    /// It does so where there is a hash, and takes its own where that is empty. Lambda is given the first words alone.
    private static void looks(CheckedTemplate template) {
        assertThat(template.properties("FetchFunction")).containsEntry("AutoPublishAliasAllProperties", true);
        assertThat(plain(template.properties("FetchFunction").get("AutoPublishCodeSha256")))
                .isEqualTo("Empty");
        assertThat(template.parameter("Empty"))
                .containsEntry("Default", "")
                .containsEntry("AllowedValues", List.of(""));
        List<Object> choice = list(value(template.properties("FetchFunction").get("Description"), "Fn::Select"));
        assertThat(choice.getFirst()).isEqualTo(0);
        assertThat(list(choice.getLast()).getFirst()).asString().hasSizeLessThan(200);
    }

    /// SAM reads a default as it is written, and a value that is sent as text. A number would be another version then.
    private static void texts(CheckedTemplate template) {
        assertThat(parameters(template, template.properties("FetchFunction").get("Description")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(template.parameter(name).get("Default"))
                        .as(name)
                        .isInstanceOf(String.class));
    }

    private static Set<String> parameters(CheckedTemplate template, @Nullable Object node) {
        Set<String> found = new TreeSet<>();
        collect(template, node, found);
        found.retainAll(template.parameters().keySet());
        return found;
    }

    private static void collect(CheckedTemplate template, @Nullable Object node, Set<String> found) {
        if (node instanceof List<?> elements) {
            elements.forEach(each -> collect(template, each, found));
        }
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, child) -> {
                switch (String.valueOf(key)) {
                    case "Ref" -> found.add(String.valueOf(child));
                    case "Fn::Sub" ->
                        VARIABLE.matcher(plain(child)).results().forEach(each -> found.add(each.group(1)));
                    case "Condition" -> collect(template, condition(template, child), found);
                    case "Fn::If" ->
                        collect(template, condition(template, list(child).getFirst()), found);
                    default -> {}
                }
                collect(template, child, found);
            });
        }
    }

    private static @Nullable Object condition(CheckedTemplate template, @Nullable Object name) {
        return value(template.document(), "Conditions", String.valueOf(name));
    }
}
