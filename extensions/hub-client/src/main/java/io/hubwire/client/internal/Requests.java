// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.RequestFailedException.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests that have no answer yet. Used from the lane only, but for {@link #create}.
 *
 * <p>After a resume those that had left are sent again: the hub knows the last 256 ids for two minutes and does not run them twice. What
 * it may have forgotten is not sent again, since nobody knows whether it ran.
 */
final class Requests implements PendingRequest.Keeper {
    private static final int REMEMBERED_IDS = 256;
    /** Two minutes, less what a message may take on its way. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(110);

    private final ClientContext context;
    private final Outgoing outgoing;
    private final Map<String, PendingRequest> open = new HashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private long written;

    Requests(ClientContext context, Outgoing outgoing) {
        this.context = context;
        this.outgoing = outgoing;
    }

    String nextId() {
        return "c-" + ids.incrementAndGet();
    }

    /** One that is not sent yet; throws if its data cannot be written. */
    PendingRequest create(String event, @Nullable Object data, PendingRequest.Outcome outcome) {
        String id = nextId();
        String text = context.wire().message(event, data, id);
        return new PendingRequest(id, event, text, outcome, context.timer(), this);
    }

    void begin(PendingRequest request, Duration timeout) {
        expect(request);
        outgoing.add(request);
        request.timer().arm(timeout.toNanos(), () -> {
            withdraw(request);
            request.fail(Cause.TIMEOUT, "no answer within " + timeout);
        });
    }

    /** Waits for the answer, for ever, to a request that somebody else sends. */
    void expect(PendingRequest request) {
        open.put(request.id(), request);
    }

    /** Nobody waits for its answer any more; tells nobody. */
    void withdraw(PendingRequest request) {
        request.timer().cancel();
        open.remove(request.id());
        outgoing.remove(request);
    }

    @Override
    public void firstWritten(PendingRequest request) {
        request.written(context.runtime().nanoTime(), ++written);
    }

    @Override
    public void tooBig(PendingRequest request) {
        withdraw(request);
        request.fail(request.wasWritten() ? Cause.OUTCOME_UNKNOWN : Cause.NOT_SENT, "it is larger than the hub takes");
    }

    /** Returns whether somebody awaited it; otherwise it is ignored. */
    boolean answered(String id, Incoming answer) {
        PendingRequest request = open.remove(id);
        if (request == null) {
            return false;
        }
        outgoing.remove(request);
        request.answer(answer);
        return true;
    }

    /** The session goes on. */
    void resumed() {
        failIf(this::mayBeForgotten, "the hub may have forgotten its id");
        List<PendingRequest> again = new ArrayList<>();
        open.values().stream()
                .filter(PendingRequest::wasWritten)
                .sorted(Comparator.comparingLong(PendingRequest::ordinal))
                .forEach(again::add);
        again.forEach(outgoing::remove); // from a connection that broke before they left it
        outgoing.addFirst(again);
    }

    /** The session is another one. */
    void lost() {
        failIf(PendingRequest::wasWritten, "its session has ended");
    }

    void close() {
        failIf(PendingRequest::wasWritten, "the client is closed");
        for (PendingRequest request : List.copyOf(open.values())) {
            withdraw(request);
            request.fail(Cause.NOT_SENT, "the client is closed");
        }
    }

    private void failIf(Predicate<PendingRequest> condition, String why) {
        for (PendingRequest request : List.copyOf(open.values())) {
            if (condition.test(request)) {
                withdraw(request);
                request.fail(Cause.OUTCOME_UNKNOWN, why);
            }
        }
    }

    private boolean mayBeForgotten(PendingRequest request) {
        return request.wasWritten()
                && !request.isRepeatable()
                && (written - request.ordinal() >= REMEMBERED_IDS
                        || context.runtime().nanoTime() - request.writtenNanos() > REMEMBERED_NANOS);
    }
}
