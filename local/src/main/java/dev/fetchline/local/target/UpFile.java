package dev.fetchline.local.target;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where a running `up` leaves the addresses of its stack, for the tools of the same checkout to find.
///
/// One `up` a checkout is found: the last that was started. A file whose process is gone counts for nothing.
///
/// @param path of the file
public record UpFile(Path path) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String PID = "pid";
    private static final String STARTED = "started";

    /// Writes these fields and whose they are.
    public void write(Map<String, String> fields) {
        Path fresh = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.createDirectories(path.getParent());
            try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(fresh))) {
                json.writeStartObject();
                for (Map.Entry<String, String> field : owned(fields).entrySet()) {
                    json.writeStringField(field.getKey(), field.getValue());
                }
                json.writeEndObject();
            }
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TargetException("cannot write " + path + ": " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, String> owned(Map<String, String> fields) {
        Map<String, String> owned = new LinkedHashMap<>(fields);
        owned.put(PID, Long.toString(ProcessHandle.current().pid()));
        owned.put(STARTED, startOf(ProcessHandle.current()));
        return owned;
    }

    /// Writes these fields in place of those that this process wrote before; a file that is another's by now, or gone,
    /// stays as it is.
    public void update(Map<String, String> fields) {
        if (isOwn()) {
            write(fields);
        }
    }

    /// Removes the file if it is this process's.
    public void remove() {
        try {
            if (isOwn()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            // A file whose process is gone is ignored in any case.
        }
    }

    private boolean isOwn() {
        try {
            return Files.exists(path)
                    && Long.toString(ProcessHandle.current().pid()).equals(read().get(PID));
        } catch (IOException _) {
            return false;
        }
    }

    /// The fields that a process wrote which is still there.
    ///
    /// @throws TargetException if the file cannot be read
    public Optional<Map<String, String>> ofLiving() {
        try {
            Map<String, String> fields = read();
            return ProcessHandle.of(Long.parseLong(fields.getOrDefault(PID, "0")))
                            .filter(process -> startOf(process).equals(fields.get(STARTED)))
                            .isPresent()
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new TargetException(
                    "cannot read " + path + " (" + e.getMessage() + "): stop fetchline up and start it again.", e);
        }
    }

    /// A process number is given to another process in time; with its start it is one process's for good.
    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(Files.readString(path, StandardCharsets.UTF_8))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        return fields;
    }
}
