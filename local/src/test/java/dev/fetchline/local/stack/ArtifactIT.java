package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is deployed: for each processor its own native libraries, no others, no jar twice, and nothing in the jars
/// that a cold start would have to unpack.
class ArtifactIT {
    private static final Path ARTIFACTS = Path.of("..", "functions", "fetch", "target", "lambda")
            .toAbsolutePath()
            .normalize();
    private static final int MACHINE_OFFSET = 18;

    @ParameterizedTest
    @CsvSource({"x86_64, 62, x86_64", "arm64, 183, aarch_64"}) // EM_X86_64, EM_AARCH64
    void native_libraries_are_files_for_the_artifact_s_processor(String architecture, int machine, String name)
            throws IOException {
        List<Path> libraries = files(architecture, ".so");
        assertThat(libraries)
                .extracting(library -> library.getFileName().toString())
                // The names that CRT and Conscrypt give to System.loadLibrary.
                .containsExactly("libaws-crt-jni.so", "libconscrypt_openjdk_jni-linux-" + name + ".so");
        for (Path library : libraries) {
            assertThat(machine(library)).as(library.toString()).isEqualTo(machine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm64"})
    void no_jar_is_there_in_two_versions(String architecture) throws IOException {
        Map<String, List<Path>> byName = files(architecture, ".jar").stream()
                .collect(Collectors.groupingBy(
                        jar -> jar.getFileName().toString().replaceFirst("-\\d.*", "")));
        assertThat(byName.values()).allSatisfy(jars -> assertThat(jars).hasSize(1));
    }

    /// All of one time and in the order of their names, so that the same sources give the same bytes.
    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm64"})
    void entries_of_jars_are_stored_without_native_libraries(String architecture) throws IOException {
        for (Path jar : files(architecture, ".jar")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                List<? extends ZipEntry> entries = zip.stream().toList();
                assertThat(entries).as(jar.toString()).isNotEmpty().allSatisfy(entry -> {
                    assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                    assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0));
                    assertThat(entry.getName()).doesNotEndWith(".so");
                });
                assertThat(entries)
                        .extracting(ZipEntry::getName)
                        .filteredOn(name -> !name.equals("META-INF/MANIFEST.MF"))
                        .isSorted();
            }
        }
    }

    private static List<Path> files(String architecture, String suffix) throws IOException {
        try (var files = Files.list(ARTIFACTS.resolve(architecture).resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static int machine(Path library) throws IOException {
        try (InputStream bytes = Files.newInputStream(library)) {
            ByteBuffer header =
                    ByteBuffer.wrap(bytes.readNBytes(MACHINE_OFFSET + 2)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(header.getInt(0)).as("%s is ELF", library).isEqualTo(0x464C457F);
            return header.getShort(MACHINE_OFFSET);
        }
    }
}
