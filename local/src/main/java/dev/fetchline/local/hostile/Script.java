package dev.fetchline.local.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a server does with one connection, step by step. After the last step it waits for the next request, unless a
/// step has closed the connection.
///
/// @param steps in their order
public record Script(List<Step> steps) {
    /// Sends these bytes, Latin-1; see [Step.Send] for what is replaced.
    public static Script of(String latin1) {
        return new Script(List.of(new Step.Send(latin1)));
    }

    /// Does nothing: a place to begin.
    public static Script silent() {
        return new Script(List.of());
    }

    /// Sends a whole response: status 200, this body, a Content-Length that is right.
    ///
    /// @param head further header lines, each with its CRLF
    public static Script page(String head, byte[] body) {
        return of("HTTP/1.1 200 OK\r\n" + head + "Content-Length: " + body.length + "\r\n\r\n")
                .thenBytes(body);
    }

    public Script then(String latin1) {
        return with(new Step.Send(latin1));
    }

    public Script thenBytes(byte[] bytes) {
        return with(new Step.Repeat(bytes, 1));
    }

    public Script thenTimes(int times, byte[] bytes) {
        return with(new Step.Repeat(bytes, times));
    }

    public Script thenForEver(byte[] bytes) {
        return with(new Step.Repeat(bytes, Step.FOR_EVER));
    }

    public Script thenDrip(String latin1, Duration gap) {
        return with(new Step.Drip(latin1, gap));
    }

    public Script pause(long millis) {
        return with(new Step.Pause(Duration.ofMillis(millis)));
    }

    public Script close() {
        return with(new Step.Close());
    }

    public Script halfClose() {
        return with(new Step.HalfClose());
    }

    /// Waits until what was sent has most likely arrived, then resets: a reset discards what is still on its way.
    public Script reset() {
        return pause(100).with(new Step.Reset());
    }

    public Script cut() {
        return with(new Step.Cut());
    }

    public Script hold() {
        return with(new Step.Hold());
    }

    private Script with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Script(List.copyOf(longer));
    }
}
