// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a Jakarta WebSocket container. Thread-safe. */
final class JakartaSocket implements ClientSocket {
    private final Session session;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    JakartaSocket(Session session) {
        this.session = session;
    }

    @Override
    public void send(String text, Consumer<@Nullable Throwable> done) {
        try {
            session.getAsyncRemote().sendText(text, result -> done.accept(result.getException()));
        } catch (RuntimeException failure) { // closed meanwhile
            done.accept(failure);
        }
    }

    @Override
    public void close(int code, String text) {
        if (isClosed.compareAndSet(false, true)) {
            SharedRuntime.closing().execute(() -> closeNow(code, text));
        }
    }

    private void closeNow(int code, String text) {
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code), text));
        } catch (IOException | RuntimeException alreadyGone) {
            // nobody waits for it
        }
    }
}
