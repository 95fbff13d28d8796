// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the hub has said of one session: what it owes the client, and how the session ended. */
final class SessionRecord {
    private final String id;
    private final Deque<Frame> owed = new ArrayDeque<>();
    private final List<Frame> dropped = new ArrayList<>();
    private @Nullable CloseReason end;

    SessionRecord(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    void pushed(Frame frame) {
        owed.add(frame);
    }

    /** One that was pushed before has made room; any other never got in. */
    void dropped(Frame frame) {
        dropped.add(frame);
        Iterator<Frame> frames = owed.iterator();
        while (frames.hasNext()) {
            if (frames.next() == frame) {
                frames.remove();
                return;
            }
        }
    }

    /** Returns how that breaks the order, if it does. */
    Optional<String> received(String text) {
        @Nullable Frame next = owed.peek();
        if (next != null && next.text().equals(text)) {
            owed.remove();
            return Optional.empty();
        }
        boolean isLater = owed.stream().anyMatch(frame -> frame.text().equals(text));
        return Optional.of(isLater ? "loss or another order" : "a message that is not due, such as a duplicate");
    }

    /** What has not been received, in order. */
    List<Frame> owed() {
        return List.copyOf(owed);
    }

    boolean isSettled() {
        return owed.isEmpty();
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
