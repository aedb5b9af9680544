package dev.fetchline.intake;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON value that remembers its source, and duplicate keys, so that the fault of one item stays its own.
sealed interface JsonValue {
    Source source();

    /// What a reason calls this value: scalars are shown, arrays and objects only named, since they may hold secrets.
    default String shown() {
        return kind();
    }

    /// What a reason calls this value where not even a scalar may be shown.
    String kind();

    /// A part of a body by character offsets. It is cut out only when asked for: most values never are.
    ///
    /// @param start of its first character
    /// @param end after its last character
    record Source(String body, int start, int end) {
        String text() {
            return body.substring(start, end);
        }
    }

    /// A string.
    ///
    /// @param text the value, escapes resolved; it may hold lone surrogates and control characters
    record JsonString(String text, Source source) implements JsonValue {
        @Override
        public String shown() {
            return SafeText.quote(text);
        }

        @Override
        public String kind() {
            return "a string";
        }
    }

    /// A number.
    ///
    /// @param isInteger written without fraction and exponent
    record JsonNumber(boolean isInteger, Source source) implements JsonValue {
        @Override
        public String shown() {
            return SafeText.show(source.text());
        }

        @Override
        public String kind() {
            return "a number";
        }
    }

    /// `true`, `false` or `null`.
    record JsonLiteral(Source source) implements JsonValue {
        @Override
        public String kind() {
            return source.text();
        }
    }

    /// An array.
    record JsonArray(List<JsonValue> elements, Source source) implements JsonValue {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /// An object.
    ///
    /// @param members in the order written, a duplicate name as often as it was written
    record JsonObject(List<Member> members, Source source) implements JsonValue {
        record Member(String name, JsonValue value) {}

        @Override
        public String kind() {
            return "an object";
        }

        /// The value of the first field with this name.
        @Nullable
        JsonValue get(String name) {
            for (Member member : members) {
                if (member.name().equals(name)) {
                    return member.value();
                }
            }
            return null;
        }

        /// The value of the first field with this name.
        ///
        /// @throws Fault where there is none
        JsonValue require(String name, String expected) throws Fault {
            JsonValue value = get(name);
            if (value == null) {
                throw new Fault(name, "nothing", expected);
            }
            return value;
        }

        /// @throws Fault for the first field that has another name or stands there twice
        void expectOnly(List<String> names) throws Fault {
            Set<String> seen = new HashSet<>();
            for (Member member : members) {
                if (!names.contains(member.name())) {
                    throw new Fault(SafeText.show(member.name()), "an unknown field", oneOf(names));
                }
                expectNew(member.name(), seen);
            }
        }

        /// @throws Fault for the first field that stands there twice
        void expectNoDuplicate() throws Fault {
            Set<String> seen = new HashSet<>();
            for (Member member : members) {
                expectNew(member.name(), seen);
            }
        }

        /// @throws Fault for the first field of one of these names that stands there twice; others are let be
        void expectOnce(List<String> names) throws Fault {
            Set<String> seen = new HashSet<>();
            for (Member member : members) {
                if (names.contains(member.name())) {
                    expectNew(member.name(), seen);
                }
            }
        }

        private static void expectNew(String name, Set<String> seen) throws Fault {
            if (!seen.add(name)) {
                throw new Fault(SafeText.show(name), "a duplicate field", "each field once");
            }
        }

        private static String oneOf(List<String> names) {
            return "only " + String.join(", ", names);
        }
    }
}
