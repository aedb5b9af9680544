import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes the jars of a packaged function cheap to start from: their entries are stored, not deflated, and the native
/// libraries in them become files beside them, which the JVM loads from where they are. Unpacking both was 5 % of the
/// CPU of a cold start. Lambda's own ZIP compresses the whole.
///
/// The same jars give the same bytes: entries in the order of their names, all of one time.
///
/// Started by pom.xml from its source, on the JDK that Maven runs on, so it is written for Java 11.
final class StoredJars {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Comparator<ZipEntry> MANIFEST_FIRST = Comparator.<ZipEntry, Boolean>comparing(
                    entry -> !entry.getName().equals(MANIFEST))
            .thenComparing(ZipEntry::getName);

    private final LocalDateTime time;

    private StoredJars(LocalDateTime time) {
        this.time = time;
    }

    /// @param arguments the time that all entries get, ISO 8601; then the directories of jars
    public static void main(String[] arguments) throws IOException {
        StoredJars stored = new StoredJars(
                ZonedDateTime.parse(arguments[0]).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
        for (String directory : List.of(arguments).subList(1, arguments.length)) {
            for (Path jar : jars(Path.of(directory))) {
                stored.rewrite(jar);
            }
        }
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private void rewrite(Path jar) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".stored");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            List<? extends ZipEntry> entries = Collections.list(from.entries());
            entries.sort(MANIFEST_FIRST);
            for (ZipEntry entry : entries) {
                byte[] bytes;
                try (InputStream in = from.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                keep(jar, entry, bytes, to);
            }
        }
        Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keep(Path jar, ZipEntry entry, byte[] bytes, ZipOutputStream to) throws IOException {
        String name = entry.getName();
        if (name.matches("META-INF/[^/]+\\.SF")) {
            throw new IOException(jar + " is signed (" + name + "), and a signature does not outlive its entries.");
        }
        if (name.endsWith(".so")) {
            // Fails where two have one name: System.loadLibrary would load either.
            Path library = jar.resolveSibling(name.substring(name.lastIndexOf('/') + 1));
            Files.copy(new ByteArrayInputStream(bytes), library);
            return;
        }
        ZipEntry stored = new ZipEntry(name);
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(bytes.length);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        stored.setCrc(checksum.getValue());
        // Without a zone: the file's time field has none.
        stored.setTimeLocal(time);
        to.putNextEntry(stored);
        to.write(bytes);
        to.closeEntry();
    }
}
