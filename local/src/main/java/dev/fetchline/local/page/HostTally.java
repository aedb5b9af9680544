package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.UrlHost;
import dev.fetchline.local.results.HostTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up some of a batch's records by status and host. The page adds the parts: nothing is kept here between them.
///
/// @param reader of the batch
record HostTally(BatchReader reader) {
    private static final List<String> NEEDED =
            List.of("url", "status", "httpStatus", "durationMs", "attempts", "bodyBytes", "expiresAt");

    private static final int FIRST_MAX = 5_000;

    PageAnswer some(BatchParts parts, Cursor from) {
        Map<String, Long> statuses = new TreeMap<>();
        Map<String, HostSum> hosts = new TreeMap<>();
        BatchReader.Seen seen = reader.read(new BatchReader.Look(parts, from, "", NEEDED, FIRST_MAX), fetched -> {
            statuses.merge(fetched.status(), 1L, Long::sum);
            hosts.computeIfAbsent(hostOf(fetched), _ -> new HostSum()).add(fetched);
            return true;
        });
        return PageJson.object(json -> {
            json.writeObjectFieldStart("statuses");
            for (Map.Entry<String, Long> status : statuses.entrySet()) {
                json.writeNumberField(status.getKey(), status.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("hosts");
            for (Map.Entry<String, HostSum> host : hosts.entrySet()) {
                json.writeFieldName(host.getKey());
                host.getValue().writeTo(json);
            }
            json.writeEndObject();
            if (seen.next().isPresent()) {
                json.writeStringField("next", seen.next().get().toString());
            }
            json.writeNumberField("looked", seen.looked());
            json.writeNumberField("calls", seen.calls());
        });
    }

    private static String hostOf(FetchRecord fetched) {
        String host = UrlHost.of(fetched.url());
        return host == null ? HostTable.NO_HOST : host;
    }

    /// What is added up of one host.
    private static final class HostSum {
        private static final int TOO_MANY_REQUESTS = 429;

        private final Map<Integer, Long> times = new TreeMap<>();
        private long urls;
        private long ok;
        private long tooMany;
        private long refused;
        private long retries;
        private long bytes;

        void add(FetchRecord fetched) {
            urls++;
            ok += fetched.isOk() ? 1 : 0;
            refused += fetched.status().equals("REFUSED") ? 1 : 0;
            tooMany += orZero(fetched.number("httpStatus")) == TOO_MANY_REQUESTS ? 1 : 0;
            retries += Math.max(0, orZero(fetched.number("attempts")) - 1);
            bytes += orZero(fetched.number("bodyBytes"));
            Long durationMs = fetched.number("durationMs");
            if (durationMs != null && durationMs >= 0) {
                times.merge(step(durationMs), 1L, Long::sum);
            }
        }

        private static long orZero(@Nullable Long number) {
            return number == null ? 0 : number;
        }

        /// 32 steps to each doubling: a time is known to 2 %.
        private static int step(long durationMs) {
            return (int) Math.floor(32 * Math.log(durationMs + 1.0) / Math.log(2));
        }

        void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("urls", urls);
            json.writeNumberField("ok", ok);
            json.writeNumberField("tooMany", tooMany);
            json.writeNumberField("refused", refused);
            json.writeNumberField("retries", retries);
            json.writeNumberField("bytes", bytes);
            json.writeObjectFieldStart("times");
            for (Map.Entry<Integer, Long> step : times.entrySet()) {
                json.writeNumberField(step.getKey().toString(), step.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
