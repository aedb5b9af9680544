package dev.fetchline.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a template into plain maps, lists and scalars. A short-form intrinsic reads as its long form: `!Ref x` as
/// `{Ref: x}`, `!Sub x` as `{Fn::Sub: x}`, and so on for any name; which ones are understood is [Intrinsics]'s
/// business.
final class TemplateYaml {
    private TemplateYaml() {}

    static Map<String, @Nullable Object> read(Path file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            Object document = new Load(settings, new ShortForms(settings)).loadFromString(Files.readString(file));
            return map(document, file.toString());
        } catch (IOException e) {
            throw new LocalStackException("The template " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (YamlEngineException e) {
            throw new LocalStackException("The template " + file + " is not YAML: " + e.getMessage(), e);
        }
    }

    /// `value` as a map with text keys; `where` names it in the sentence when it is none.
    static Map<String, @Nullable Object> map(@Nullable Object value, String where) {
        if (!(value instanceof Map<?, ?> raw)) {
            throw new LocalStackException("In the template, " + where + " is not a mapping.");
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        raw.forEach((key, child) -> named.put(String.valueOf(key), child));
        return named;
    }

    private static final class ShortForms extends StandardConstructor {
        ShortForms(LoadSettings settings) {
            super(settings);
        }

        @Override
        protected Optional<ConstructNode> findConstructorFor(Node node) {
            String tag = node.getTag().getValue();
            if (!tag.startsWith("!") || tag.length() == 1) {
                return super.findConstructorFor(node);
            }
            String name = tag.substring(1);
            String longForm = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
            return Optional.of(tagged -> singleton(longForm, content(tagged)));
        }

        private @Nullable Object content(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new LocalStackException("In the template, " + node.getTag() + " has no value.");
            };
        }

        private static Map<String, @Nullable Object> singleton(String name, @Nullable Object value) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put(name, value);
            return one;
        }
    }
}
