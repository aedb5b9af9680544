package dev.fetchline.local.submit;

import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.progress.KeySum;
import dev.fetchline.record.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A batch on its way to the queue: read whole, then packed, then sent by a [Delivery]. Everything is checked before
/// anything is sent, and what is read is kept on disk and not in memory.
public final class Submission implements AutoCloseable {
    private static final long SEEN_EVERY = 1_000;

    private final SubmitSettings settings;
    private final Path scratch;
    private final Spool spool;
    private final BadLines bad = new BadLines();
    private @Nullable Packed packed;

    private Submission(SubmitSettings settings, Path scratch) throws IOException {
        this.settings = settings;
        this.scratch = scratch;
        this.spool = new Spool(scratch.resolveSibling(scratch.getFileName() + ".urls"));
    }

    /// What will be sent.
    ///
    /// @param urls distinct keys
    /// @param duplicates entries left out because an earlier one has the same key
    /// @param hosts registrable hosts
    /// @param bytes of all message bodies
    /// @param parts how the batch is split
    /// @param keys of each part
    /// @param messages that carry the URLs
    public record Packed(
            long urls,
            long duplicates,
            long hosts,
            long bytes,
            BatchParts parts,
            Map<String, KeySum> keys,
            MessageFile messages) {
        /// How many messages there are.
        public int messageCount() {
            return messages.size();
        }
    }

    /// Reads all sources.
    ///
    /// @param scratch names the files that are made, and deleted by [#close]
    /// @param seen hears now and then how many entries have been read
    /// @throws UnreadableSourceException if a source cannot be read
    /// @throws SubmitException if the files cannot be written
    public static Submission read(SubmitSettings settings, List<Source> sources, Path scratch, LongConsumer seen) {
        try {
            Submission submission = new Submission(settings, scratch);
            try {
                submission.readAll(sources, seen);
                return submission;
            } catch (IOException | RuntimeException e) {
                submission.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(scratch, e);
        }
    }

    private void readAll(List<Source> sources, LongConsumer seen) throws IOException {
        RegistrableHost hosts = new RegistrableHost();
        MessageDigest digest = Sha256Digest.create();
        SourceReader reader = new SourceReader(settings, bad, (item, url) -> {
            // As FetchPipeline.keyOf has it, without reading the URL a second time.
            String sortKey =
                    RecordKey.of(settings.batchId(), item.method(), url).url();
            spool.add(url.host(), hosts.groupOf(url.host()), Key.of(sortKey, digest), Json.ofItem(item, url.text()));
            if (spool.size() % SEEN_EVERY == 0) {
                seen.accept(spool.size());
            }
        });
        for (Source source : sources) {
            reader.read(source);
        }
        spool.flush();
    }

    /// What the function would not fetch; it is in no message.
    public BadLines bad() {
        return bad;
    }

    /// Entries to send, duplicates included.
    public long entries() {
        return spool.size();
    }

    /// Packs what was read into messages.
    ///
    /// @param isSplit whether a large batch becomes parts; otherwise it is one partition whatever its size
    /// @throws SubmitException if the file cannot be written
    public Packed pack(boolean isSplit) {
        try {
            Duplicates duplicates = Duplicates.of(spool);
            BatchParts parts = BatchParts.of(settings.batchId(), isSplit ? spool.size() - duplicates.count() : 0);
            try (MessageFile.Writer file =
                    new MessageFile.Writer(scratch.resolveSibling(scratch.getFileName() + ".messages"))) {
                MessagePacker packer = new MessagePacker(settings, parts, file);
                packer.pack(spool, duplicates);
                Packed its = new Packed(
                        packer.urls(),
                        duplicates.count(),
                        packer.groups(),
                        packer.bytes(),
                        parts,
                        packer.sums(),
                        file.finish());
                packed = its;
                return its;
            } finally {
                spool.close();
            }
        } catch (IOException e) {
            throw unwritable(scratch, e);
        }
    }

    private static SubmitException unwritable(Path scratch, IOException fault) {
        return new SubmitException(
                "cannot write beside %s (%s: %s): make room there, or set FETCHLINE_STATE to another directory."
                        .formatted(scratch, fault.getClass().getSimpleName(), fault.getMessage()),
                fault);
    }

    /// Deletes the files of a submission that does not end by itself.
    ///
    /// @param scratch as [#read] had it
    public static void deleteFiles(Path scratch) {
        try (Stream<Path> files = Files.walk(scratch.toAbsolutePath().getParent(), 2)) {
            String names = scratch.toAbsolutePath() + ".";
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (file.toString().startsWith(names)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // The next submit sweeps what is left.
        }
    }

    /// Deletes its files.
    @Override
    public void close() {
        try {
            spool.close();
            if (packed != null) {
                packed.messages().close();
            }
        } catch (IOException e) {
            throw unwritable(scratch, e);
        }
    }
}
