// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType.Delivery;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame of a session's log: a message alone, or a run of messages as an array behind the number of the first that is counted. For
 * one thread until it is written; then thread-safe.
 */
final class LogFrame implements Outgoing.Receipt {
    /** The index of a message that the log does not keep. */
    static final long NOT_KEPT = -1;

    private static final int MOST_MESSAGES = 64;

    /** Of messages: what a connection that is cut often carries whole, so that each one brings its client further. */
    private static final int MOST_BYTES = 16 << 10;

    private record Kept(Outgoing message, long index) {}

    private final SessionLog log;
    private final List<Outgoing> messages = new ArrayList<>(4);

    /** Those that their senders ask about and have not been told of. */
    @GuardedBy("this")
    private final List<Kept> kept = new ArrayList<>(0);

    private final List<Outgoing> passing = new ArrayList<>(0);
    private long firstNumber;
    private long end;
    private long bytes;

    LogFrame(SessionLog log) {
        this.log = log;
    }

    /** Whether there is room for this message; for the first there always is. */
    boolean mayTake(Outgoing message) {
        return messages.isEmpty() || (messages.size() < MOST_MESSAGES && bytes + message.bytes() <= MOST_BYTES);
    }

    /** Adds a message; {@code mustTell} says whether its sender does not know yet that it is written. */
    synchronized void add(Outgoing message, long number, boolean mustTell, long index) {
        messages.add(message);
        bytes += message.bytes();
        if (firstNumber == 0) {
            firstNumber = number;
        }
        if (index == NOT_KEPT) {
            passing.add(message);
        } else {
            end = index + 1;
            if (mustTell && message.receipt() != Outgoing.Receipt.NONE) {
                kept.add(new Kept(message, index));
            }
        }
    }

    /** Takes those between two indexes of which nobody else will tell, because they are not in the log any more. */
    synchronized void takeGone(long from, long to, List<Outgoing> gone) {
        kept.removeIf(one -> {
            boolean isGone = one.index() >= from && one.index() < to && !log.isKept(one.message(), one.index());
            return isGone && gone.add(one.message());
        });
    }

    private synchronized List<Kept> takeFrom(long from) {
        List<Kept> taken = kept.stream().filter(one -> one.index() >= from).toList();
        kept.clear();
        return taken;
    }

    Outgoing toOutgoing() {
        return new Outgoing(messages.get(0).event(), frame(), Delivery.COUNTED, this);
    }

    private Frame frame() {
        if (firstNumber == 0 && messages.size() == 1) {
            return messages.get(0).frame();
        }
        StringBuilder text = new StringBuilder((int) bytes + messages.size() + 16).append('[');
        if (firstNumber > 0) {
            text.append(firstNumber).append(',');
        }
        for (int i = 0; i < messages.size(); i++) {
            text.append(i == 0 ? "" : ",").append(messages.get(i).frame().text());
        }
        return Frame.of(text.append(']').toString());
    }

    @Override
    public void onWritten() {
        takeFrom(log.takeUntold(end)).forEach(one -> one.message().receipt().onWritten());
        passing.forEach(message -> message.receipt().onWritten());
    }

    /** What is kept is not lost: it was received all the same, or is written again, or lost with the session. */
    @Override
    public void onLost() {
        passing.forEach(message -> message.receipt().onLost());
    }
}
