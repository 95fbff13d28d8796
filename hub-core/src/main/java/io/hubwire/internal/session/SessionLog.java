// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.SendReport.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client that resumes has to be sent, and what of it may have to be sent again: queue and replay window in one.
 *
 * <p>Cursors: what lies before {@code written} was handed to the connection; to resume is to move {@code written} back. What lies before
 * {@code fresh} was handed to some connection; from there on nothing was. Numbers are given on entry, so that they are those of the
 * order in which messages are sent. The window of what was written and is not acknowledged only gets shorter; it ends no session.
 *
 * <p>Not thread-safe: the outbox guards it, except what frames ask and tell.
 */
final class SessionLog extends OutboxQueue {
    /** How far back an acknowledgement may be, however many gaps the client does not acknowledge. */
    private static final int MOST_PLACES = 1 << 16;

    private final SessionContext context;
    private final LogAccount account;
    private final LogRing ring = new LogRing();
    private long written;
    private long fresh;

    /** The number given last. */
    private long tail;

    /** The highest number that was ever handed to a connection. */
    private long sent;

    /** A client that has received less than this lacks what is not kept any more. */
    private long floor;

    /** The highest number that is not kept any more. */
    private long dropped;

    private boolean isDetached;

    /** What was handed to the connection last. */
    private @Nullable LogFrame last;

    private final LatestPlaces latest = new LatestPlaces();

    /** The senders of what lies before this index were told that it is written. */
    private final AtomicLong told = new AtomicLong();

    SessionLog(SessionContext context, ResumePolicy resume) {
        this.context = context;
        this.account = new LogAccount(context, resume);
    }

    @Override
    int size() {
        return account.freshMessages() + (int) (fresh - written);
    }

    /** The highest number that was ever handed to a connection. */
    long sent() {
        return sent;
    }

    /** How many places it has for messages and gaps. */
    long places() {
        return ring.end() - ring.first();
    }

    @Override
    Outgoing pass(Outgoing message) {
        long olderAt = latest.find(message);
        if (olderAt >= 0) {
            take(olderAt); // nothing is in flight, so whoever sent it knows what became of it
        }
        account.enter(message); // no limit refuses what nothing waits in front of
        append(message);
        Outgoing frame = poll();
        return frame == null ? message : frame;
    }

    @Override
    @Nullable
    Refusal offer(Outgoing message, List<Outgoing> evicted) {
        if (message.delivery() == Delivery.EPHEMERAL && (isDetached || size() > 0)) {
            return Refusal.SUPERSEDED;
        }
        long olderAt = latest.find(message);
        Outgoing older = olderAt < 0 ? null : take(olderAt);
        while (!account.tryEnter(message, isDetached)) {
            boolean hasMadeRoom = isDetached ? dropOldest(evicted) : mayEvict() && replaceOldest(evicted);
            if (!hasMadeRoom) {
                putBack(olderAt, older, evicted);
                return overflow(message);
            }
        }
        superseded(olderAt, older, evicted);
        append(message);
        return null;
    }

    private Refusal overflow(Outgoing message) {
        if (message.isCounted() && (isDetached || context.outboxPolicy().overflow() != Overflow.DISCONNECT)) {
            ring.addGap(++tail, fresh);
        }
        return Refusal.OVERFLOW;
    }

    private boolean mayEvict() {
        return context.outboxPolicy().overflow() == Overflow.DROP_OLDEST;
    }

    private void append(Outgoing message) {
        long number = message.isCounted() ? ++tail : 0;
        if (ring.isSparse(fresh, account.freshMessages())) {
            ring.closeUp(fresh, latest); // no frame knows the place of what was never written
        }
        latest.put(message, ring.add(message, number));
    }

    private @Nullable Outgoing take(long index) {
        if (!(ring.entry(index) instanceof Outgoing message)) {
            return null;
        }
        giveBack(index, message);
        latest.forget(message, index);
        ring.empty(index);
        return message;
    }

    /** What was taken for a newer one that does not come is still the newest, if its place was not dropped meanwhile. */
    private void putBack(long index, @Nullable Outgoing message, List<Outgoing> evicted) {
        if (message == null) {
            return;
        }
        if (index < ring.first()) {
            superseded(index, message, evicted);
            return;
        }
        ring.put(index, message);
        latest.put(message, index);
        if (index < fresh) {
            account.keep(message);
        } else {
            account.enter(message);
        }
    }

    /** What is in flight is told of by its frame. */
    private void superseded(long index, @Nullable Outgoing message, List<Outgoing> evicted) {
        if (message != null && index >= told.get() && (isDetached || index >= written)) {
            evicted.add(message);
        }
    }

    /** What was in flight and is not kept any more: its frame is lost. */
    private void addGone(List<Outgoing> lost) {
        if (last != null) {
            last.takeGone(told.get(), Long.MAX_VALUE, lost);
            last = null;
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very message
    boolean isKept(Outgoing message, long index) {
        return index >= ring.first() && ring.entry(index) == message;
    }

    // --- what is dropped

    /** Makes a gap of the oldest message that was never written. */
    private boolean replaceOldest(List<Outgoing> evicted) {
        for (long index = fresh; index < ring.end(); index++) {
            if (ring.entry(index) instanceof Outgoing oldest && oldest.delivery() != Delivery.LATEST) {
                giveBack(index, oldest);
                evicted.add(oldest);
                ring.putGap(index, fresh);
                return true;
            }
        }
        return false;
    }

    /** Forgets the oldest entry; false if there is none. */
    private boolean dropOldest(List<Outgoing> neverWritten) {
        if (ring.isEmpty()) {
            return false;
        }
        long index = ring.first();
        Object entry = ring.entry(index);
        long number = ring.number(index);
        dropped = Math.max(dropped, entry instanceof LogGap gap ? gap.to : number);
        floor = Math.max(floor, dropped);
        if (entry instanceof Outgoing message) {
            giveBack(index, message);
            latest.forget(message, index);
            if (message.delivery() == Delivery.LATEST) {
                floor = Math.max(floor, dropped + 1); // whoever has what comes behind it has received it
            }
            if (index >= told.get()) {
                neverWritten.add(message);
            }
        }
        dropFirst();
        return true;
    }

    private void dropFirst() {
        ring.dropFirst();
        written = Math.max(written, ring.first());
        fresh = Math.max(fresh, ring.first());
    }

    private void giveBack(long index, Outgoing message) {
        if (index < fresh) {
            account.leaveKept(message);
        } else {
            account.leaveFresh(message);
        }
    }

    // --- what is written

    @Override
    @Nullable
    Outgoing poll() {
        skipEmpty();
        if (written == ring.end()) {
            return null;
        }
        if (ring.entry(written) instanceof LogGap gap) {
            return writeGap(gap);
        }
        LogFrame frame = new LogFrame(this);
        while (written < ring.end() && mayGoInto(frame, ring.entry(written))) {
            if (ring.entry(written) instanceof Outgoing message) {
                write(message, frame);
            }
            written++;
            fresh = Math.max(fresh, written);
        }
        trim();
        last = frame;
        return frame.toOutgoing();
    }

    private static boolean mayGoInto(LogFrame frame, @Nullable Object entry) {
        return entry == null || (entry instanceof Outgoing message && frame.mayTake(message));
    }

    private void skipEmpty() {
        while (written < ring.end() && ring.entry(written) == null) {
            written++;
        }
        fresh = Math.max(fresh, written);
    }

    private Outgoing writeGap(LogGap gap) {
        written++;
        fresh = Math.max(fresh, written);
        sent = Math.max(sent, gap.to);
        return context.messages().gap(gap.from, gap.to);
    }

    private void write(Outgoing message, LogFrame frame) {
        long number = ring.number(written);
        boolean isKept = message.isCounted() || message.delivery() == Delivery.LATEST;
        frame.add(message, number, written >= told.get(), isKept ? written : LogFrame.NOT_KEPT);
        sent = Math.max(sent, number);
        if (written >= fresh) {
            giveBack(written, message);
            if (isKept) {
                account.keep(message);
            } else {
                ring.empty(written);
            }
        }
    }

    /** Forgets the oldest of what was written, while that is more than is kept, or far from it for want of an acknowledgement. */
    private void trim() {
        long end = Math.min(written, told.get());
        while (ring.first() < end && !isOldestKept()) {
            dropOldest(new ArrayList<>(0));
        }
        ring.closeUpTo(end, latest); // nobody asks any more for the place of what was told
    }

    private boolean isOldestKept() {
        boolean isWithinWindow = !account.isOverWindow() && written - ring.first() <= MOST_PLACES;
        return isWithinWindow && ring.entry(ring.first()) != null;
    }

    /** The senders of what lies before this index are to be told now; returns from where on, if they were not. */
    long takeUntold(long end) {
        return told.getAndAccumulate(end, Math::max);
    }

    // --- what the client says

    @Override
    boolean acknowledge(long number, List<Outgoing> received) {
        if (number > sent) {
            return false;
        }
        long end = endOfReceived(number);
        long untold = takeUntold(end);
        if (last != null) {
            last.takeGone(untold, end, received);
        }
        while (ring.first() < end) {
            if (ring.first() >= untold && ring.entry(ring.first()) instanceof Outgoing message) {
                received.add(message);
            }
            dropOldest(new ArrayList<>(0));
        }
        floor = Math.max(floor, number);
        return true;
    }

    /**
     * Behind the last entry that somebody who has received everything up to this number does not need any more. A gap is needed until
     * somebody is behind its end, even if the number is in it: nothing else tells of the rest.
     */
    private long endOfReceived(long number) {
        long end = ring.first();
        for (long index = ring.first(); index < fresh && ring.number(index) <= number; index++) {
            if (ring.entry(index) instanceof LogGap gap && gap.to > number) {
                return end;
            }
            if (ring.number(index) > 0) {
                end = index + 1;
            }
        }
        return end;
    }

    @Override
    List<Outgoing> detach() {
        isDetached = true;
        account.relax();
        List<Outgoing> stale = new ArrayList<>();
        addGone(stale);
        for (long index = fresh; index < ring.end(); index++) {
            if (ring.entry(index) instanceof Outgoing message
                    && !message.isCounted()
                    && message.delivery() != Delivery.LATEST) {
                giveBack(index, message);
                ring.empty(index);
                stale.add(message);
            }
        }
        return stale;
    }

    @Override
    boolean canResumeFrom(long number) {
        return number >= floor && number <= sent;
    }

    @Override
    List<Outgoing> resumeFrom(long number) {
        List<Outgoing> received = new ArrayList<>();
        acknowledge(number, received);
        isDetached = false;
        written = ring.first();
        return received;
    }

    @Override
    List<Outgoing> clear() {
        List<Outgoing> neverWritten = new ArrayList<>();
        addGone(neverWritten);
        while (dropOldest(neverWritten)) {}
        return neverWritten;
    }
}
