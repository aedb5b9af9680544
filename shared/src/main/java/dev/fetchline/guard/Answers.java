package dev.fetchline.guard;

import dev.fetchline.pace.Time;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last answers of the resolver, with their age.
final class Answers {
    /// Names; the one that was asked for longest ago goes first. About 3 MB.
    private static final int NAMES_MAX = 10_000;

    /// Addresses of all names together. About 3 MB more.
    static final int ADDRESSES_MAX = 40_000;

    private final Time time;
    private final Map<String, Answer> byName = new LinkedHashMap<>(16, 0.75f, true);
    /// Of all answers. Guarded by `byName`.
    private int addresses;

    Answers(Time time) {
        this.time = time;
    }

    private record Answer(List<InetAddress> addresses, long heardAt) {}

    /// What was heard of `name`, if it was within `ageMax`; else empty.
    List<InetAddress> of(String name, Duration ageMax) {
        @Nullable Answer answer;
        synchronized (byName) {
            answer = byName.get(name);
        }
        return answer == null || time.nanoTime() - answer.heardAt > ageMax.toNanos() ? List.of() : answer.addresses;
    }

    void remember(String name, List<InetAddress> heard) {
        synchronized (byName) {
            Answer before = byName.put(name, new Answer(heard, time.nanoTime()));
            addresses += heard.size() - (before == null ? 0 : before.addresses.size());
            var eldest = byName.values().iterator();
            while (byName.size() > NAMES_MAX || addresses > ADDRESSES_MAX) {
                addresses -= eldest.next().addresses.size();
                eldest.remove();
            }
        }
    }
}
