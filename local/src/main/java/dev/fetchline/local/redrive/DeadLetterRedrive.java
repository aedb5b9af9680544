package dev.fetchline.local.redrive;

import dev.fetchline.local.batch.Where;
import dev.fetchline.local.target.Target;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/// Sends messages of the dead-letter queue again.
///
/// A dead letter is deleted only when the queue has confirmed all that takes its place. Killed in between, it is on
/// both
/// queues: its URLs are fetched twice then, and the later record stands. Nothing is lost.
public final class DeadLetterRedrive implements AutoCloseable {
    /// Messages that are held with their bodies; when they are done, the next ones are received.
    private static final int ROUND_MESSAGES_MAX = 10_000;

    private static final long ROUND_CHARS_MAX = 64L * 1024 * 1024;

    /// Dead letters that are sent together, then deleted together.
    private static final int TOGETHER = 10;

    private final HeldMessages held;
    private final QueueSender queue;
    private final QueueSender deadLetterQueue;
    private final Options options;
    private final RedriveListener listener;
    private final Selection selection;
    private final RedriveOutcome outcome = new RedriveOutcome();
    private List<Message> round = List.of();
    private long received;

    /// What is sent again.
    ///
    /// @param where which URLs are meant
    /// @param isRaw whether what cannot be read is sent as it is
    /// @param max URLs at most; a message that is sent as it is counts as one
    public record Options(Where where, boolean isRaw, long max) {
        Selection selection() {
            return new Selection(where, isRaw, max);
        }
    }

    public DeadLetterRedrive(Target target, Options options, RedriveListener listener) {
        this.held = new HeldMessages(target.sqs(), target.deadLetterQueueUrl());
        this.queue = QueueSender.ofQueue(target);
        this.deadLetterQueue = new QueueSender(target.sqs(), target.deadLetterQueueUrl(), false);
        this.options = options;
        this.listener = listener;
        this.selection = options.selection();
    }

    /// Looks at all messages, and keeps none of them.
    public RedrivePlan dryRun() {
        RedrivePlan plan = new RedrivePlan();
        Selection trial = options.selection();
        for (List<Message> some = receive(); !some.isEmpty(); some = receive()) {
            some.forEach(message -> plan(plan, trial, DeadLetter.of(message)));
        }
        if (held.isFull()) {
            plan.more();
        }
        return plan;
    }

    /// Looks at the messages that [#run] takes first.
    public RedrivePlan plan() {
        RedrivePlan plan = new RedrivePlan();
        Selection trial = options.selection();
        round = nextRound();
        round.forEach(message -> plan(plan, trial, DeadLetter.of(message)));
        if (isFull(round)) {
            plan.more();
        }
        return plan;
    }

    private static void plan(RedrivePlan plan, Selection selection, DeadLetter letter) {
        plan.look(letter.reason());
        switch (selection.decide(letter)) {
            case Decision.Send(var entries, var _) -> plan.send(letter.originalId(), entries.size(), letter.reason());
            case Decision.SendAsIs() -> plan.send(letter.originalId(), 1, letter.reason());
            case Decision.Leave(String why, boolean isMeant) -> plan.leave(letter.originalId(), why, isMeant);
        }
    }

    /// Sends what [#plan] has shown and, where there is more, all that comes after it.
    public void run() {
        while (!round.isEmpty()) {
            for (int from = 0; from < round.size() && goesOn(); from += TOGETHER) {
                handle(round.subList(from, Math.min(from + TOGETHER, round.size())));
            }
            round = isFull(round) && goesOn() ? nextRound() : List.of();
        }
        if (held.isFull()) {
            outcome.unseen();
        }
    }

    /// What [#run] has done so far.
    public RedriveOutcome outcome() {
        return outcome;
    }

    private boolean goesOn() {
        if (listener.isStopping()) {
            outcome.interrupted();
            return false;
        }
        return !selection.isSpent();
    }

    private List<Message> nextRound() {
        List<Message> messages = new ArrayList<>();
        while (!isFull(messages)) {
            List<Message> some = receive();
            if (some.isEmpty()) {
                break;
            }
            messages.addAll(some);
        }
        return messages;
    }

    private static boolean isFull(List<Message> messages) {
        return messages.size() >= ROUND_MESSAGES_MAX
                || messages.stream()
                                .mapToLong(message -> message.body().length())
                                .sum()
                        >= ROUND_CHARS_MAX;
    }

    private List<Message> receive() {
        if (listener.isStopping()) {
            return List.of();
        }
        List<Message> messages = held.receive();
        received += messages.size();
        listener.looked().accept(received);
        return messages;
    }

    /// A dead letter on its way.
    ///
    /// @param messages that take its place on the queue
    private record Moving(DeadLetter letter, List<OutgoingMessage> messages, List<OutgoingMessage> rest) {
        long urls() {
            return messages.stream().mapToLong(OutgoingMessage::urls).sum();
        }
    }

    private void handle(List<Message> messages) {
        List<Moving> moving = new ArrayList<>();
        for (Message message : messages) {
            DeadLetter letter = DeadLetter.of(message);
            switch (selection.decide(letter)) {
                case Decision.Send(var entries, var rest) ->
                    moving.add(new Moving(
                            letter,
                            DeadLetterMessages.ofEntries(entries, letter.reason()),
                            DeadLetterMessages.ofRest(rest, letter)));
                case Decision.SendAsIs() ->
                    moving.add(new Moving(letter, List.of(DeadLetterMessages.asIs(letter)), List.of()));
                case Decision.Leave(String why, boolean isMeant) -> outcome.leave(why, isMeant);
            }
        }
        delete(restSent(sent(moving)));
        listener.sent().accept(outcome.urls());
    }

    /// Those whose messages the queue has confirmed, all of them.
    private List<Moving> sent(List<Moving> moving) {
        List<QueueSender.Result> results =
                queue.send(moving.stream().flatMap(one -> one.messages.stream()).toList());
        List<Moving> confirmed = new ArrayList<>();
        int next = 0;
        for (Moving one : moving) {
            List<QueueSender.Result> its = results.subList(next, next + one.messages.size());
            next += one.messages.size();
            if (isConfirmed(its)) {
                outcome.sent(one.urls(), one.messages.size());
                confirmed.add(one);
            }
        }
        return confirmed;
    }

    private List<Moving> restSent(List<Moving> moving) {
        List<Moving> confirmed = new ArrayList<>();
        for (Moving one : moving) {
            List<QueueSender.Result> results = deadLetterQueue.send(one.rest);
            results.stream().filter(QueueSender.Result::isSent).forEach(its -> held.passOver(its.messageId()));
            if (isConfirmed(results)) {
                confirmed.add(one);
            }
        }
        return confirmed;
    }

    private boolean isConfirmed(List<QueueSender.Result> results) {
        List<QueueSender.Result> failed =
                results.stream().filter(its -> !its.isSent()).toList();
        if (!failed.isEmpty()) {
            outcome.fail(failed.getFirst().refusal());
        }
        return failed.isEmpty();
    }

    private void delete(List<Moving> moving) {
        List<Message> still =
                held.delete(moving.stream().map(one -> one.letter.message()).toList());
        outcome.undeleted(still.size());
        moving.stream()
                .filter(one -> !still.contains(one.letter.message()))
                .forEach(one -> outcome.done(!one.rest.isEmpty()));
    }

    /// Shows what is still held to other readers again.
    @Override
    public void close() {
        held.close();
    }
}
