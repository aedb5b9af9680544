package dev.fetchline.local.table;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The `#names` and `:values` of one request. Each that is said must be defined, and each that is defined must be said.
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> said = new HashSet<>();

    private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    /// @param names by `#name`; the SDK's own empty map where the request has none
    /// @param values by `:value`; the SDK's own empty map where the request has none
    static Placeholders of(Map<String, String> names, Map<String, AttributeValue> values) {
        requireKeys("ExpressionAttributeNames", NAME, names);
        requireKeys("ExpressionAttributeValues", VALUE, values);
        values.forEach((key, value) -> {
            if (value.type() == AttributeValue.Type.UNKNOWN_TO_SDK_VERSION) {
                throw TableErrors.validation(
                        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must"
                                + " contain exactly one of the supported datatypes for key " + key);
            }
        });
        return new Placeholders(names, values);
    }

    private static void requireKeys(String parameter, Pattern form, Map<String, ?> map) {
        if (Supported.isSet(map) && map.isEmpty()) {
            throw TableErrors.validation(parameter + " must not be empty");
        }
        for (String key : map.keySet()) {
            if (!form.matcher(key).matches()) {
                throw TableErrors.validation(parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
            }
        }
    }

    /// The attribute that a `#name` stands for.
    ///
    /// @param expression the parameter that says it, for the sentence
    String name(String expression, String key) {
        String name = names.get(key);
        if (name == null) {
            throw TableErrors.validation("Invalid " + expression
                    + ": An expression attribute name used in the document path is not defined; attribute name: "
                    + key);
        }
        said.add(key);
        return name;
    }

    /// The value that a `:value` stands for.
    ///
    /// @param expression the parameter that says it, for the sentence
    AttributeValue value(String expression, String key) {
        AttributeValue value = values.get(key);
        if (value == null) {
            throw TableErrors.validation("Invalid " + expression
                    + ": An expression attribute value used in expression is not defined; attribute value: " + key);
        }
        said.add(key);
        return ItemRules.value(value);
    }

    /// Once all expressions of the request are read.
    void requireAllSaid() {
        requireAllSaid("ExpressionAttributeNames", names.keySet());
        requireAllSaid("ExpressionAttributeValues", values.keySet());
    }

    private void requireAllSaid(String parameter, Set<String> keys) {
        Set<String> unused = new TreeSet<>(keys);
        unused.removeAll(said);
        if (!unused.isEmpty()) {
            throw TableErrors.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }

    /// For a request without an expression.
    void requireNone() {
        if (!names.isEmpty()) {
            throw TableErrors.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (!values.isEmpty()) {
            throw TableErrors.validation("ExpressionAttributeValues can only be specified when using expressions");
        }
    }
}
