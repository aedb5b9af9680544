package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordField;
import dev.fetchline.local.results.Columns;
import dev.fetchline.local.results.RecordLines;
import java.util.ArrayList;
import java.util.List;

/// Chosen columns for a person. Records are not waited for, so widths go by what a column usually holds; the last one
/// takes the rest of the line.
///
/// @param width of the terminal
record ColumnTable(Columns columns, int width) implements RecordLines {
    private static final int LAST_MIN = 20;

    @Override
    public String heading() {
        return line(columns.names());
    }

    @Override
    public String of(FetchRecord fetched) {
        return line(columns.of(fetched));
    }

    private String line(List<String> values) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < values.size() - 1; index++) {
            RecordField field = columns.fields().get(index);
            int columnWidth = Math.max(widthOf(field.kind()), field.name().length());
            String value = PrintableText.cut(shown(values.get(index)), columnWidth);
            boolean isNumber = field.kind() == RecordField.Kind.NUMBER;
            String padding = " ".repeat(columnWidth - PrintableText.columns(value));
            line.append(isNumber ? padding + value : value + padding).append("  ");
        }
        int rest = Math.max(LAST_MIN, width - line.length());
        return line.append(PrintableText.cut(shown(values.getLast()), rest)) + "\n";
    }

    private static String shown(String value) {
        return value.isEmpty() ? "-" : value;
    }

    private static int widthOf(RecordField.Kind kind) {
        return switch (kind) {
            case NUMBER, STATUS -> 10;
            case WORD -> 20;
            case TIME -> 24;
            case TEXT -> 40;
        };
    }

    /// The columns that a person sees unless told otherwise: those of `run`, with the file of a body.
    record Usual(RecordTable table) implements RecordLines {
        @Override
        public String heading() {
            return RecordTable.heading() + "\n";
        }

        @Override
        public String of(FetchRecord fetched) {
            List<String> lines = new ArrayList<>(table.linesOf(fetched));
            String file = fetched.text("bodyFile");
            if (file != null) {
                lines.add("    body in " + PrintableText.of(file));
            }
            return String.join("\n", lines) + "\n";
        }
    }
}
