// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.MessageAssembly;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.MalformedMessageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on one connection, and the limits that hold for it: size, fragments, bytes and events a second, malformed messages.
 *
 * <p>Calls must not overlap, except {@link #onClosed}; so its fields need no lock.
 */
class InboundConnection implements ConnectionHandler {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int FEW = 4;

    final InboundPipeline pipeline;
    final ClientSession client;

    private long bytesFullAt;
    private long eventsFullAt;
    private long refusalsForgottenAt;

    /** When the malformed messages of the last minute came; most clients never send one. */
    private @Nullable ArrayDeque<Long> malformedAt;

    /** {@code onConnect} is over. Set in the client's lane. */
    private volatile boolean isReady;

    InboundConnection(InboundPipeline pipeline, ClientSession client) {
        this.pipeline = pipeline;
        this.client = client;
        long now = pipeline.runtime().nanoTime();
        this.bytesFullAt = now;
        this.eventsFullAt = now;
        this.refusalsForgottenAt = now;
    }

    /** A job for the client's lane, which comes to it when {@code onConnect} is over. */
    @Nullable
    CompletionStage<?> becomeReady() {
        isReady = true;
        return null;
    }

    @Override
    public void onText(String part, boolean last) {
        if (!client.isConnected()) {
            return;
        }
        client.touch();
        int bytes = Frame.utf8Length(part);
        if (last && client.assembly().isEmpty()) {
            onMessage(part, bytes);
        } else {
            assemble(part, bytes, last);
        }
    }

    private void assemble(String part, int bytes, boolean last) {
        MessageAssembly assembly = client.assembly();
        CloseReason violation = assembly.add(part, bytes);
        if (violation != null) {
            onViolation(violation);
        } else if (last) {
            int total = assembly.bytes();
            onMessage(assembly.take(), total);
        }
    }

    private void onMessage(String text, int bytes) {
        if (bytes > pipeline.limits().messageBytes()) {
            onViolation(CloseReason.TOO_BIG);
            return;
        }
        long fullAt =
                pipeline.byteRate().take(bytesFullAt, bytes, pipeline.runtime().nanoTime());
        if (fullAt == Rate.REFUSED) {
            refuse(errorEvent(), null);
            return;
        }
        bytesFullAt = fullAt;
        try {
            decode(text, bytes);
        } catch (MalformedMessageException malformed) {
            answerMalformed(errorEvent(), null, malformed.code());
        }
    }

    /** The event under which a message is answered that has no name, or none that can be trusted. */
    String errorEvent() {
        return "error";
    }

    /** Reads the text as this profile does, and goes on with what is in it. */
    void decode(String text, int bytes) {
        onEnvelope(pipeline.codec().decode(text), bytes);
    }

    final void onEnvelope(Envelope.FromClient message, int bytes) {
        String id = message.id().orElse(null);
        long fullAt =
                pipeline.eventRate().take(eventsFullAt, 1, pipeline.runtime().nanoTime());
        if (fullAt == Rate.REFUSED) {
            refuse(message.event(), id);
            return;
        }
        eventsFullAt = fullAt;
        if (Names.isReserved(message.event())) {
            answerMalformed(message.event(), id, ErrorCode.UNKNOWN_EVENT);
            return;
        }
        pipeline.dispatch(client, message, bytes, isReady);
    }

    /** Says that it was too much; too often, and the connection ends. */
    final void refuse(String event, @Nullable String id) {
        pipeline.failures().answer(client, event, id, ErrorCode.RATE_LIMITED, null);
        long forgottenAt = pipeline.refusalRate()
                .take(refusalsForgottenAt, 1, pipeline.runtime().nanoTime());
        if (forgottenAt == Rate.REFUSED) {
            client.end(CloseReason.RATE_LIMITED, Ending.DRAINED);
        } else {
            refusalsForgottenAt = forgottenAt;
        }
    }

    final void answerMalformed(String event, @Nullable String id, ErrorCode code) {
        pipeline.failures().answer(client, event, id, code, null);
        if (malformedWithinMinute(pipeline.runtime().nanoTime())
                > pipeline.limits().malformedPerMinute()) {
            client.end(CloseReason.BAD_PROTOCOL, Ending.DRAINED);
        }
    }

    /** With the one that came now. */
    private int malformedWithinMinute(long now) {
        ArrayDeque<Long> times = malformedAt == null ? new ArrayDeque<>(FEW) : malformedAt;
        while (!times.isEmpty() && now - times.getFirst() > MINUTE_NANOS) {
            times.removeFirst();
        }
        times.addLast(now);
        malformedAt = times;
        return times.size();
    }

    @Override
    public void onPong() {
        client.touch();
    }

    @Override
    public void onViolation(CloseReason reason) {
        client.end(reason, Ending.CUT);
    }

    @Override
    public void onClosed(CloseReason reason) {
        client.outbox().end().connectionClosed(reason);
    }
}
