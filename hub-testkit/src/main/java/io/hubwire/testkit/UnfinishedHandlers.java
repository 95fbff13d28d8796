// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The handlers that have returned a stage which somebody has yet to complete: perhaps a foreign thread. Thread-safe. */
final class UnfinishedHandlers implements HubObserver {
    private record Unfinished(String client, String event) {}

    @GuardedBy("this")
    private final List<Unfinished> handlers = new ArrayList<>();

    @Override
    public void handlerUnfinished(String client, String event, CompletionStage<?> end) {
        Unfinished handler = new Unfinished(client, event);
        add(handler);
        var unused = end.thenRun(() -> remove(handler));
    }

    private synchronized void add(Unfinished handler) {
        handlers.add(handler);
    }

    private synchronized void remove(Unfinished handler) {
        handlers.remove(handler);
    }

    synchronized boolean isEmpty() {
        return handlers.isEmpty();
    }

    /** A line for each, with the client's id. */
    synchronized List<String> describe() {
        return handlers.stream()
                .map(handler -> "the stage of the handler of '" + handler.event() + "' (client " + handler.client()
                        + ") is not complete")
                .toList();
    }
}
