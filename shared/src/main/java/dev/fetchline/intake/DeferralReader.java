package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonArray;
import dev.fetchline.intake.JsonValue.JsonNumber;
import dev.fetchline.intake.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Reads a deferral: `{"v": 1, "parts": [{…}, …]}`. Whoever may write to the queue may forge one, so nothing in it is
/// taken on trust: each value has a type and a range, and one that is out of it makes the whole message unreadable.
/// Only what stands under `item` is judged as a sender's own entry is, and harms no sibling.
///
/// Fields of other names are ignored, so that the next release may add some while this one still reads.
final class DeferralReader {
    /// The form that this release reads and writes.
    private static final String VERSION = "1";

    private static final List<String> NAMES = List.of("v", "parts");

    private DeferralReader() {}

    /// What the deferral holds, or that its version is unknown.
    ///
    /// @param message an object with a field `v`
    /// @return a [Deferral], or [UnknownVersion]: of such a one nothing else is looked at
    static Intake read(JsonObject message) throws Fault {
        JsonValue version = message.require("v", "an integer");
        if (!(version instanceof JsonNumber number) || !number.isInteger()) {
            throw new Fault("v", version.shown(), "an integer, the version of a deferral");
        }
        if (!number.source().text().equals(VERSION)) {
            Fault unknown =
                    new Fault("v", version.shown(), VERSION + ", the version of deferrals that this release reads");
            return new UnknownVersion(unknown.reason());
        }
        message.expectOnce(NAMES);
        return new Deferral(items(array(message, "parts", "an array of parts")));
    }

    private static List<DeferredItem> items(JsonArray parts) throws Fault {
        List<DeferredItem> items = new ArrayList<>();
        for (int i = 0; i < parts.elements().size(); i++) {
            String place = "parts[" + i + "]";
            if (!(parts.elements().get(i) instanceof JsonObject part)) {
                throw new Fault(place, parts.elements().get(i).shown(), "an object");
            }
            try {
                List<JsonValue> entries =
                        array(part, "items", "an array of entries").elements();
                expectRoom(items.size() + entries.size());
                items.addAll(DeferredPart.of(part).items(entries, place));
            } catch (Fault fault) {
                throw fault.within(place);
            }
        }
        return items;
    }

    private static JsonArray array(JsonObject object, String field, String expected) throws Fault {
        JsonValue value = object.require(field, expected);
        if (!(value instanceof JsonArray array)) {
            throw new Fault(field, value.shown(), expected);
        }
        return array;
    }

    private static void expectRoom(int items) throws Fault {
        if (items > Deferral.ITEMS_MAX) {
            throw new Fault(
                    "items",
                    "%d entries with those of the parts before".formatted(items),
                    "at most %d in all parts together".formatted(Deferral.ITEMS_MAX));
        }
    }
}
