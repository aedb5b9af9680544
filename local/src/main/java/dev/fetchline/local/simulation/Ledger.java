package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Plan.Entry;
import dev.fetchline.local.simulation.Plan.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known at a moment of a history: messages, what they carry, records, invocations. Kept up to date event by
/// event, for the rules to look things up in.
final class Ledger {
    private final Plan plan;
    private final Map<String, String> keysOfTexts = new HashMap<>();
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Invocation> invocations = new LinkedHashMap<>();
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<Key, Long> finalsOf = new HashMap<>();
    private final Map<Key, Integer> excuses = new HashMap<>();
    private final Map<Key, Set<String>> carriers = new HashMap<>();
    private final Map<Key, Integer> senders = new HashMap<>();
    private final Map<String, Set<Key>> keysOfUrls = new HashMap<>();
    private int submitted;
    private long now;

    Ledger(Plan plan) {
        this.plan = plan;
        for (Submission submission : plan.submissions()) {
            for (Entry entry : submission.entries()) {
                keysOfTexts.put(urlIn(PlainJson.read(entry.submitted()).orElse("")), entry.url());
                keysOfTexts.put(entry.url(), entry.url());
            }
        }
    }

    /// A message and its fate.
    static final class Message {
        final String id;
        final @Nullable Submission submission;
        final List<Carried> items;
        final Set<String> worked = new LinkedHashSet<>();
        boolean deleted;
        boolean redriven;
        boolean quarantined;
        boolean handedOutTwice;

        Message(String id, @Nullable Submission submission, List<Carried> items) {
            this.id = id;
            this.submission = submission;
            this.items = items;
        }

        /// Whether it names items that its sender has a right to see recorded.
        boolean isBatch() {
            return submission != null && submission.kind() == Plan.Kind.READABLE;
        }

        boolean isLive() {
            return !deleted && !redriven;
        }
    }

    /// An invocation and its fate.
    static final class Invocation {
        final String id;
        final Map<String, Integer> receives = new LinkedHashMap<>();
        final Map<Key, Row> read = new LinkedHashMap<>();
        final Set<Key> unwritten = new HashSet<>();
        String environment = "";
        long start;
        long deadline = Long.MAX_VALUE;
        long end = Long.MAX_VALUE;
        boolean frozen;
        boolean unclean;

        Invocation(String id) {
            this.id = id;
        }
    }

    Plan plan() {
        return plan;
    }

    long now() {
        return now;
    }

    Map<String, Message> messages() {
        return messages;
    }

    Map<Key, Row> rows() {
        return rows;
    }

    @Nullable
    Message message(String id) {
        return messages.get(id);
    }

    Invocation invocation(String id) {
        return invocations.computeIfAbsent(id, Invocation::new);
    }

    /// Whether an invocation works on the message, or has just done so and its delete is under way.
    boolean isInHand(Message message) {
        return message.worked.stream().anyMatch(id -> {
            Invocation invocation = invocation(id);
            return invocation.end == Long.MAX_VALUE || (!invocation.unclean && now - invocation.end < 1_000_000_000L);
        });
    }

    /// Whether a final record of the key, of this request or a later one, was durable at some time.
    boolean wasFinal(Key key, long requestedAt) {
        return finalsOf.getOrDefault(key, Long.MIN_VALUE) >= requestedAt;
    }

    /// Ids of the messages that carry the key and were not deleted.
    Set<String> carriersOf(Key key) {
        return carriers.getOrDefault(key, Set.of());
    }

    /// How many messages of senders named the key so far.
    int sendersOf(Key key) {
        return senders.getOrDefault(key, 0);
    }

    /// All keys of a URL so far.
    Set<Key> keysOf(String url) {
        return keysOfUrls.getOrDefault(url, Set.of());
    }

    /// How often work on the key, or a copy of it, may be repeated: crashes, lost answers, double deliveries.
    int excusesOf(Key key) {
        return excuses.getOrDefault(key, 0);
    }

    void see(Event event) {
        now = event.at();
        switch (event) {
            case Event.Submitted it -> submit(it);
            case Event.Deferred it -> add(new Message(it.message(), null, itemsOf(it.body())));
            case Event.Received it -> receive(it);
            case Event.HandedOutTwice it -> {
                message(it.message(), message -> message.handedOutTwice = true);
                excuse(it.message());
            }
            case Event.Deleted it -> message(it.message(), this::delete);
            case Event.DeleteLost it -> excuse(it.message());
            case Event.Redriven it -> message(it.message(), message -> message.redriven = true);
            case Event.Quarantined it -> message(it.originalMessage(), message -> message.quarantined = true);
            case Event.Wrote it -> wrote(it.key(), it.after());
            case Event.WriteFailed it -> writeFailed(it);
            case Event.Read it -> invocation(it.invocation()).read.putAll(it.rows());
            case Event.Invoked it -> {
                Invocation its = invocation(it.invocation());
                its.environment = it.environment();
                its.start = it.at();
                its.deadline = it.deadline();
            }
            case Event.Answered it -> invocation(it.invocation()).end = it.at();
            case Event.ResponseLost it -> unclean(it.invocation());
            case Event.SendFailed it -> unclean(it.invocation());
            case Event.Killed it -> {
                invocation(it.invocation()).end = it.at();
                unclean(it.invocation());
            }
            case Event.Frozen it -> {
                invocation(it.invocation()).frozen = true;
                unclean(it.invocation());
            }
            case Event.Resolved _, Event.Unresolved _, Event.Requested _, Event.Responded _, Event.RequestEnded _ -> {}
        }
    }

    private void submit(Event.Submitted it) {
        Submission submission = plan.submissions().get(submitted++);
        String batchId = submission.batchId() == null ? it.message() : submission.batchId();
        List<Carried> items = new ArrayList<>();
        for (Entry entry : submission.entries()) {
            items.add(new Carried(new Key(batchId, entry.url()), it.sentAt(), 0));
        }
        if (submission.kind() == Plan.Kind.FORGED) {
            items.addAll(itemsOf(it.body()));
        }
        add(new Message(it.message(), submission, List.copyOf(new LinkedHashSet<>(items))));
    }

    private void add(Message message) {
        messages.put(message.id, message);
        for (Carried item : message.items) {
            Key key = item.key();
            carriers.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(message.id);
            keysOfUrls.computeIfAbsent(key.url(), _ -> new LinkedHashSet<>()).add(key);
            if (message.submission != null) {
                senders.merge(key, 1, Integer::sum);
            }
        }
    }

    private void delete(Message message) {
        message.deleted = true;
        message.items.forEach(item -> {
            Set<String> its = carriers.get(item.key());
            if (its != null) {
                its.remove(message.id);
            }
        });
    }

    private void receive(Event.Received it) {
        invocation(it.invocation()).receives.put(it.message(), it.receiveCount());
        message(it.message(), message -> message.worked.add(it.invocation()));
    }

    private void message(String id, java.util.function.Consumer<Message> change) {
        Message message = messages.get(id);
        if (message != null) {
            change.accept(message);
        }
    }

    /// What was found and could not be written is fetched again by a later invocation: once, however often it was
    /// tried.
    private void writeFailed(Event.WriteFailed it) {
        boolean lost = it.row().isFinal() && !it.how().startsWith("ConditionalCheckFailed");
        if (lost && invocation(it.invocation()).unwritten.add(it.key())) {
            excuses.merge(it.key(), 1, Integer::sum);
        }
    }

    private void wrote(Key key, Row after) {
        rows.put(key, after);
        if (after.isFinal()) {
            finalsOf.merge(key, after.requestedAt(), Math::max);
        }
    }

    private void excuse(String messageId) {
        message(messageId, message -> message.items.forEach(item -> excuses.merge(item.key(), 1, Integer::sum)));
    }

    private void unclean(String invocation) {
        Invocation its = invocation(invocation);
        its.unclean = true;
        Set<Key> keys = new HashSet<>();
        its.receives
                .keySet()
                .forEach(id -> message(id, message -> message.items.forEach(item -> keys.add(item.key()))));
        keys.forEach(key -> excuses.merge(key, 1, Integer::sum));
    }

    /// What a deferral carries, as the contract has it.
    List<Carried> itemsOf(String body) {
        List<Carried> items = new ArrayList<>();
        for (Object each :
                PlainJson.list(PlainJson.object(PlainJson.read(body).orElse("")).get("parts"))) {
            Map<?, ?> part = PlainJson.object(each);
            for (Object its : PlainJson.list(part.get("items"))) {
                Map<?, ?> item = PlainJson.object(its);
                Object invalid = item.get("invalid");
                String text = urlIn(item.get("item"));
                String url = invalid == null
                        ? keysOfTexts.getOrDefault(text, text)
                        : "invalid:sha256="
                                + PlainJson.text(PlainJson.object(invalid).get("sha256"));
                items.add(new Carried(
                        new Key(PlainJson.text(part.get("batchId")), url),
                        PlainJson.number(part.get("requestedAt")),
                        PlainJson.number(part.get("hop"))));
            }
        }
        return items;
    }

    private static String urlIn(@Nullable Object item) {
        return item instanceof Map<?, ?> object ? PlainJson.text(object.get("url")) : PlainJson.text(item);
    }
}
