// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.ConnectionEnd;
import io.hubwire.internal.session.Reply;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import io.hubwire.spi.MalformedMessageException;
import io.hubwire.spi.MessageCodec;
import java.util.Objects;

/**
 * What arrives on one connection of the {@code hubwire.v1} profile, behind the hello. When another connection has taken the session
 * over, nothing that arrives here counts any more.
 */
final class ResumableInbound extends InboundConnection implements GreetedConnection, MessageCodec.Batch {
    private final ConnectionEnd end;
    private final ControlEvents controls;
    private int bytes;

    ResumableInbound(
            InboundPipeline pipeline, ClientSession client, ConnectionEnd end, CredentialReceiver credentials) {
        super(pipeline, client);
        this.end = end;
        this.controls = new ControlEvents(client, credentials);
    }

    @Override
    public void onRest(FirstText text) {
        bytes = text.bytes();
        text.passRest(this);
    }

    @Override
    String errorEvent() {
        return "hub/error";
    }

    @Override
    public void onText(String part, boolean last) {
        if (isCurrent()) {
            super.onText(part, last);
        }
    }

    @Override
    void decode(String text, int textBytes) {
        bytes = textBytes;
        Objects.requireNonNull(client.resumption()).confirm(this::isCurrent);
        pipeline.codec().decode(text, this);
    }

    @Override
    public void message(Envelope.FromClient message) {
        if (!isCurrent() || !client.isConnected()) {
            return;
        }
        if (Names.isReserved(message.event())) {
            onControl(message);
        } else if (message.answer().isPresent()) {
            onAnswer(message, message.answer().get());
        } else {
            onEnvelope(message, bytes);
            bytes = 0; // the first of a batch counts for all
        }
    }

    @Override
    public void malformed(MalformedMessageException fault) {
        answerMalformed(errorEvent(), null, fault.code());
    }

    /** Past the client's lane, so that a handler may wait for it, and past its rate, since the hub has asked. */
    private void onAnswer(Envelope.FromClient message, Envelope.Answer answer) {
        Objects.requireNonNull(client.resumption())
                .correspondence()
                .answered(answer.ask(), Reply.of(answer, message.payload(), pipeline::bind));
    }

    private void onControl(Envelope.FromClient message) {
        ControlEvents.Verdict verdict = controls.handle(message, pipeline.codec());
        switch (verdict) {
            case DONE -> {}
            case NOT_FOR_CLIENTS -> answerMalformed(errorEvent(), message.id().orElse(null), ErrorCode.FORBIDDEN);
            case BAD_PAYLOAD -> answerMalformed(message.event(), message.id().orElse(null), ErrorCode.INVALID_PAYLOAD);
            case TOO_MANY -> refuse(message.event(), message.id().orElse(null));
            case BROKEN -> client.end(CloseReason.BAD_PROTOCOL, Ending.DRAINED);
        }
    }

    private boolean isCurrent() {
        return client.outbox().end() == end;
    }

    @Override
    public void onPong() {
        if (isCurrent()) {
            super.onPong();
        }
    }

    @Override
    public void onViolation(CloseReason reason) {
        if (isCurrent()) {
            super.onViolation(reason);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        end.connectionClosed(reason);
    }
}
