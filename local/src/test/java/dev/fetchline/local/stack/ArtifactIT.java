package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is deployed: for each processor its own native libraries, no others, and no jar twice.
class ArtifactIT {
    private static final Path ARTIFACTS = Path.of("..", "functions", "fetch", "target", "lambda")
            .toAbsolutePath()
            .normalize();
    private static final int MACHINE_OFFSET = 18;

    record Library(String name, int machine) {}

    @ParameterizedTest
    @CsvSource({"x86_64, 62", "arm64, 183"}) // EM_X86_64, EM_AARCH64
    void native_libraries_are_of_the_artifact_s_processor(String architecture, int machine) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (Path jar : jars(architecture)) {
            libraries.addAll(libraries(jar));
        }
        assertThat(libraries)
                .isNotEmpty()
                .allSatisfy(library ->
                        assertThat(library.machine()).as(library.name()).isEqualTo(machine));
    }

    @ParameterizedTest
    @CsvSource({"x86_64", "arm64"})
    void no_jar_is_there_in_two_versions(String architecture) throws IOException {
        Map<String, List<Path>> byName = jars(architecture).stream()
                .collect(Collectors.groupingBy(
                        jar -> jar.getFileName().toString().replaceFirst("-\\d.*", "")));
        assertThat(byName.values()).allSatisfy(jars -> assertThat(jars).hasSize(1));
    }

    private static List<Path> jars(String architecture) throws IOException {
        try (var files = Files.list(ARTIFACTS.resolve(architecture).resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Library> libraries(Path jar) throws IOException {
        List<Library> libraries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".so")) {
                    libraries.add(new Library(jar.getFileName() + "!" + entry.getName(), machine(zip, entry)));
                }
            }
        }
        return libraries;
    }

    private static int machine(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream bytes = zip.getInputStream(entry)) {
            ByteBuffer header =
                    ByteBuffer.wrap(bytes.readNBytes(MACHINE_OFFSET + 2)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(header.getInt(0)).as("%s is ELF", entry.getName()).isEqualTo(0x464C457F);
            return header.getShort(MACHINE_OFFSET);
        }
    }
}
