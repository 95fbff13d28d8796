// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was sent to one client and what it applied, and whether the two fit: every message once and in order, and where one is missing,
 * the client was told so before it got a later one.
 *
 * <p>Messages belong to streams: whatever has one sender and keeps its order, such as all that one task sends to a group. A stream's
 * messages are numbered 1, 2, 3 … and carry their numbers to the client, which writes them down here as it applies them. Order between
 * streams is not looked at.
 *
 * <p>A {@link #gap} excuses as many missing messages as it is long, whatever their streams; a {@link #newSession} all that were sent
 * before the stream's first message in it.
 *
 * <p>Thread-safe. The calls about what the client sees are to come in the order in which it saw it.
 */
public final class DeliveryHistory {
    private static final int SHOWN_FAULTS = 20;

    /**
     * What a history comes to. Immutable.
     *
     * @param sent messages sent
     * @param applied messages applied, those that were applied twice or too late included
     * @param excused messages that were lost, and the client was told so
     * @param lost messages that were lost without a signal
     * @param twice messages that were applied again
     * @param disordered messages that were applied after a later one of their stream
     * @param unsent messages that were applied and never sent
     * @param faults the first of the last four, in words
     */
    public record Verdict(
            long sent,
            long applied,
            long excused,
            long lost,
            long twice,
            long disordered,
            long unsent,
            List<String> faults) {
        /** Copies the list. */
        public Verdict {
            faults = List.copyOf(faults);
        }

        /** Whether nothing was lost without a signal, applied twice, out of order, or never sent. */
        public boolean isFaultless() {
            return lost + twice + disordered + unsent == 0;
        }

        /** Both together, for many clients. */
        public Verdict plus(Verdict other) {
            List<String> all = new ArrayList<>(faults);
            all.addAll(other.faults);
            return new Verdict(
                    sent + other.sent,
                    applied + other.applied,
                    excused + other.excused,
                    lost + other.lost,
                    twice + other.twice,
                    disordered + other.disordered,
                    unsent + other.unsent,
                    all.subList(0, Math.min(all.size(), SHOWN_FAULTS)));
        }
    }

    private static final class Stream {
        private final String name;
        private final Set<Long> missing = new HashSet<>();
        private long sent;
        private long last;

        /** Of the client, when the last one was applied. */
        private long session;

        Stream(String name) {
            this.name = name;
        }

        long pending() {
            return Math.max(0, sent - last);
        }
    }

    private final String client;

    @GuardedBy("this")
    private final Map<String, Stream> streams = new TreeMap<>();

    @GuardedBy("this")
    private final List<String> faults = new ArrayList<>();

    /** Counted from 1: what was sent before there was any is lost without need. */
    @GuardedBy("this")
    private long session;

    /** Missing messages of which the client was told and that have not been missed yet. */
    @GuardedBy("this")
    private long excuses;

    @GuardedBy("this")
    private long applied;

    @GuardedBy("this")
    private long excused;

    @GuardedBy("this")
    private long lost;

    @GuardedBy("this")
    private long twice;

    @GuardedBy("this")
    private long disordered;

    @GuardedBy("this")
    private long unsent;

    /** An empty history; the name is for what it says of faults. */
    public DeliveryHistory(String client) {
        this.client = client;
    }

    /** Writes down that the stream's next message is about to be sent, and returns its number: to be called before it is sent. */
    public synchronized long nextSent(String stream) {
        return ++of(stream).sent;
    }

    /** Writes down that the client has applied this message. */
    public synchronized void applied(String stream, long number) {
        Stream it = of(stream);
        applied++;
        if (number > it.sent) {
            unsent++;
            fault(it, number, "was never sent");
        } else if (number > it.last) {
            skip(it, number);
            it.last = number;
            it.session = session;
        } else if (it.missing.remove(number)) {
            disordered++;
            fault(it, number, "came after " + it.last);
        } else {
            twice++;
            fault(it, number, "came twice");
        }
    }

    /** Writes down that the client was told that the messages numbered so for its session will not come. */
    public synchronized void gap(long from, long to) {
        excuses += to - from + 1;
    }

    /** Writes down that the client was told that a session begins anew; also the first. */
    public synchronized void newSession() {
        session++;
        excuses = 0;
    }

    /** How many messages were sent after the last one that the client has applied, over all streams. */
    public synchronized long pending() {
        return streams.values().stream().mapToLong(Stream::pending).sum();
    }

    /** What it comes to by now; what is still on its way counts as lost. */
    public synchronized Verdict verdict() {
        long atEnd = 0;
        long left = excuses;
        long excusedAtEnd = 0;
        List<String> shown = new ArrayList<>(faults);
        for (Stream it : streams.values()) {
            long pardoned = it.session == session ? Math.min(left, it.pending()) : it.pending();
            left -= it.session == session ? pardoned : 0;
            excusedAtEnd += pardoned;
            atEnd += it.pending() - pardoned;
            if (it.pending() > pardoned) {
                shown.add(client + ", " + it.name + ": of " + it.sent + " none came after " + it.last);
            }
        }
        long sent = streams.values().stream().mapToLong(it -> it.sent).sum();
        return new Verdict(
                sent,
                applied,
                excused + excusedAtEnd,
                lost + atEnd,
                twice,
                disordered,
                unsent,
                shown.subList(0, Math.min(shown.size(), SHOWN_FAULTS)));
    }

    @GuardedBy("this")
    private Stream of(String stream) {
        return streams.computeIfAbsent(stream, Stream::new);
    }

    /** Passes over what lies between the last message and this one. */
    @GuardedBy("this")
    private void skip(Stream it, long number) {
        long missing = number - it.last - 1;
        for (long absent = it.last + 1; absent < number; absent++) {
            it.missing.add(absent);
        }
        boolean isNew = it.session != session;
        long pardoned = isNew ? missing : Math.min(excuses, missing);
        excuses -= isNew ? 0 : pardoned;
        excused += pardoned;
        lost += missing - pardoned;
        if (missing > pardoned) {
            fault(it, number, "came after " + it.last + ", and no signal between them");
        }
    }

    @GuardedBy("this")
    private void fault(Stream it, long number, String what) {
        if (faults.size() < SHOWN_FAULTS) {
            faults.add(client + ", " + it.name + ": " + number + " " + what);
        }
    }
}
