// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the hub has said of one session: what it owes the client, and how the session ended. */
final class SessionRecord {
    private final String id;
    private final Deque<Owed> owed = new ArrayDeque<>();

    /** What was received with a number, so that it is known when it comes again. */
    private final Map<Long, String> history = new HashMap<>();

    private final List<Frame> dropped = new ArrayList<>();
    private @Nullable CloseReason end;
    private long pushedCounted;
    private long highest;
    private boolean hasMissed;
    private boolean isAway;
    private boolean hasBeenAway;
    private boolean isDisputed;

    /** A message that was pushed. What is not counted may be lost with a connection. */
    private static final class Owed {
        private final Frame frame;
        private final boolean isVolatile;
        private boolean mayBeLost;

        Owed(Frame frame) {
            this.frame = frame;
            this.isVolatile = FrameText.isVolatile(frame);
        }
    }

    SessionRecord(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    void pushed(Frame frame) {
        Owed message = new Owed(frame);
        message.mayBeLost = message.isVolatile && isAway;
        pushedCounted += message.isVolatile ? 0 : 1;
        owed.add(message);
    }

    /** Its connection is lost, or another one has it. */
    void away() {
        isAway = true;
        hasBeenAway = true;
        owed.forEach(message -> message.mayBeLost |= message.isVolatile);
    }

    /** Another connection goes on with it. */
    void resumed() {
        away();
        isAway = false;
    }

    /** Whether it has no connection. */
    boolean isAway() {
        return isAway;
    }

    /** Whether it has had more than one connection, or none for a while. */
    boolean hasBeenAway() {
        return hasBeenAway;
    }

    /** A claim was made whose answer nobody has read: the secret that the client knows may be dead. */
    void disputed(boolean choice) {
        isDisputed = choice;
    }

    boolean isDisputed() {
        return isDisputed;
    }

    /** At least so many messages have a number. */
    long numbered() {
        return pushedCounted;
    }

    /** Whether the outbox has dropped anything. */
    boolean hasMissed() {
        return hasMissed;
    }

    /** The same as before comes again, after a claim from further back; returns how it differs, if it does. */
    Optional<String> receivedAgain(long number, String text) {
        String before = history.get(number);
        return text.equals(before) ? Optional.empty() : Optional.of("another message under a number of before");
    }

    /** The highest number that was received. */
    long highest() {
        return highest;
    }

    /** What has been pushed and not received, in bytes. */
    long owedBytes() {
        return owed.stream().mapToLong(message -> message.frame.utf8Length()).sum();
    }

    boolean hasReceived(long number) {
        return history.containsKey(number);
    }

    /** Returns how that breaks the order, if it does. */
    Optional<String> received(long number, String text) {
        history.put(number, text);
        highest = Math.max(highest, number);
        return received(text);
    }

    /** One that was pushed before has made room; any other never got in. */
    void dropped(Frame frame) {
        dropped.add(frame);
        hasMissed |= !FrameText.isVolatile(frame);
        Optional<Owed> found =
                owed.stream().filter(message -> message.frame == frame).findFirst();
        if (isAway) {
            found.ifPresent(
                    message -> message.mayBeLost = true); // it may be on its way over the connection that was lost
        } else {
            found.ifPresent(owed::remove);
        }
    }

    /** Returns how that breaks the order, if it does. */
    Optional<String> received(String text) {
        while (!owed.isEmpty()
                && owed.peek().mayBeLost
                && !owed.peek().frame.text().equals(text)) {
            owed.remove();
        }
        @Nullable Owed next = owed.peek();
        if (next != null && next.frame.text().equals(text)) {
            owed.remove();
            return Optional.empty();
        }
        boolean isLater = owed.stream().anyMatch(message -> message.frame.text().equals(text));
        return Optional.of(isLater ? "loss or another order" : "a message that is not due, such as a duplicate");
    }

    /** What has not been received, in order. */
    List<Frame> owed() {
        return owed.stream()
                .filter(message -> !message.mayBeLost)
                .map(message -> message.frame)
                .toList();
    }

    boolean isSettled() {
        return owed.stream().allMatch(message -> message.mayBeLost);
    }

    /** What the outbox dropped since this was last asked. */
    List<Frame> takeDropped() {
        List<Frame> taken = List.copyOf(dropped);
        dropped.clear();
        return taken;
    }

    void ended(CloseReason reason) {
        end = reason;
    }

    Optional<CloseReason> end() {
        return Optional.ofNullable(end);
    }

    boolean isLive() {
        return end == null;
    }
}
