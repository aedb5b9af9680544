package dev.fetchline.local.results;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Writes the bodies of records into a directory, a file each, and none over another.
///
/// @param directory that is there
public record BodyFiles(Path directory) {
    /// The attribute that says where a body is, in place of the body.
    public static final String FILE = "bodyFile";

    /// The attributes of the table that a file is made from.
    public static final Set<String> ATTRIBUTES =
            Set.of("batchId", "url", "contentType", RecordBody.BODY, RecordBody.ENCODING);

    /// Makes the directory where it is missing.
    public static BodyFiles in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new BodyFiles(directory);
    }

    /// Writes a record's body, if it has one. A file that has the same bytes already is taken for it; one
    /// with others is left alone, and a number added to the name.
    ///
    /// @return the record with the file's name in place of the body; as it is where that is not the
    ///     gzip it is said to be
    public FetchRecord save(FetchRecord fetched) throws IOException {
        Map<String, AttributeValue> row = new LinkedHashMap<>(fetched.attributes());
        try (InputStream body = RecordBody.open(fetched).orElse(null)) {
            if (body != null) {
                row.remove(RecordBody.BODY);
                row.remove(RecordBody.ENCODING);
                row.put(FILE, AttributeValue.fromS(save(BodyFileName.of(fetched), body)));
            }
        } catch (ZipException | EOFException _) {
            // The function wrote no such body, and one of a million must not end the others.
            return fetched;
        }
        return new FetchRecord(row);
    }

    /// Whole or not at all: what is under way has another name.
    private String save(String name, InputStream body) throws IOException {
        Path part = directory.resolve("." + name + ".part");
        boolean _ = Files.deleteIfExists(part);
        try {
            long _ = Files.copy(body, part);
            String free = name;
            for (int number = 2; !moved(part, free); number++) {
                int dot = name.lastIndexOf('.');
                free = name.substring(0, dot) + "-" + number + name.substring(dot);
            }
            return free;
        } finally {
            boolean _ = Files.deleteIfExists(part);
        }
    }

    /// Whether the file has this name now, or one that was there has the same bytes.
    private boolean moved(Path part, String name) throws IOException {
        Path file = directory.resolve(name);
        try {
            Path _ = Files.move(part, file);
            return true;
        } catch (FileAlreadyExistsException _) {
            return Files.isRegularFile(file) && Files.mismatch(part, file) < 0;
        }
    }
}
