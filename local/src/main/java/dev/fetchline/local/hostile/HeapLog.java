package dev.fetchline.local.hostile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how much heap the function's processes used, from the garbage collector's own log.
///
/// @param peakMb the most that was in use before a collection
/// @param liveMb the most that was left after one
/// @param collections in all processes
public record HeapLog(int peakMb, int liveMb, int collections) {
    private static final Pattern COLLECTION = Pattern.compile("Pause .* ([0-9]+)M->([0-9]+)M\\(");
    private static final String SUFFIX = ".gc";

    /// The JVM options that write the log, for the variable `JDK_JAVA_OPTIONS`: that of the template stays as it is.
    ///
    /// @param directory without spaces in its path
    public static String options(Path directory) {
        return "-Xlog:gc:file=" + directory.toAbsolutePath() + "/%p" + SUFFIX + ":uptime";
    }

    /// Reads the logs of all processes.
    public static HeapLog read(Path directory) throws IOException {
        int peak = 0;
        int live = 0;
        int collections = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    Matcher matcher = COLLECTION.matcher(line);
                    if (matcher.find()) {
                        peak = Math.max(peak, Integer.parseInt(matcher.group(1)));
                        live = Math.max(live, Integer.parseInt(matcher.group(2)));
                        collections++;
                    }
                }
            }
        }
        return new HeapLog(peak, live, collections);
    }
}
