// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that waits for its decision, as an asynchronous request. Thread-safe.
 *
 * <p>The first decision wins: the hub's, or the container's timeout, which is only a backstop, since the hub decides in
 * time by itself. The winner brings the request back to the servlet; a decision that comes too late gives its place
 * back. A peer that goes away meanwhile is noticed by no container, so the decision alone ends the wait.
 */
final class PendingAdmission implements AsyncListener {
    private static final String ATTRIBUTE = PendingAdmission.class.getName();
    private static final System.Logger LOG = System.getLogger(PendingAdmission.class.getName());

    private final AtomicReference<@Nullable HandshakeResult> decision = new AtomicReference<>();

    private volatile boolean isTaken;

    private PendingAdmission() {}

    /**
     * Makes the request wait; it must support that.
     *
     * @throws IllegalStateException if somebody else makes it wait already
     */
    static void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            CompletableFuture<HandshakeResult> admission,
            Duration admissionTimeout) {
        PendingAdmission pending = new PendingAdmission();
        request.setAttribute(ATTRIBUTE, pending);
        // with both arguments: otherwise the second pass loses what a filter wrapped around the request, a principal
        // for one
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(Backstop.limitFor(admissionTimeout).toMillis());
        context.addListener(pending);
        var unused = admission.thenAccept(result -> pending.decide(context, result));
    }

    /** The decision with which a request came back, once; empty if it has just come. */
    static Optional<HandshakeResult> takeDecision(HttpServletRequest request) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof PendingAdmission pending)) {
            return Optional.empty();
        }
        request.removeAttribute(ATTRIBUTE);
        pending.isTaken = true;
        return Optional.ofNullable(pending.decision.get());
    }

    private void decide(AsyncContext context, HandshakeResult result) {
        if (!decision.compareAndSet(null, result)) {
            HandshakeGate.giveUp(result);
            return;
        }
        try {
            context.dispatch();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a decided handshake is gone", e);
            HandshakeGate.giveUp(result);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (decision.compareAndSet(null, Backstop.TIMED_OUT)) {
            try {
                ServletReply.write(
                        HttpRefusal.of(Backstop.TIMED_OUT), (HttpServletResponse) event.getSuppliedResponse());
            } finally {
                event.getAsyncContext().complete(); // even if the peer has gone
            }
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        // no place is given back here: some containers call this before the socket of an accepted handshake opens
        decision.compareAndSet(null, Backstop.TIMED_OUT);
        try {
            event.getAsyncContext().complete();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a failed handshake is over already", e);
        }
    }

    /**
     * Once the decision is taken this says nothing: it may come before the socket opens, twice, or never. Before, a filter
     * has answered the request when it came back.
     */
    @Override
    public void onComplete(AsyncEvent event) {
        if (!isTaken) {
            HandshakeResult left = decision.getAndSet(Backstop.TIMED_OUT);
            if (left != null) {
                HandshakeGate.giveUp(left);
            }
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // only when somebody else makes the request wait again; that is theirs to end
    }
}
