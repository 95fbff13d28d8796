// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Deadlines;
import io.hubwire.internal.session.PendingAsk;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was asked to be watched. For one thread. */
public final class RecordingDeadlines implements Deadlines {
    private final List<ClientSession> sends = new ArrayList<>();
    private final List<Long> handlers = new ArrayList<>();
    private final List<ClientSession> closes = new ArrayList<>();

    @Override
    public void watchSend(ClientSession session) {
        sends.add(session);
    }

    @Override
    public void watchHandler(ClientSession session, long dueNanos) {
        handlers.add(dueNanos);
    }

    @Override
    public void watchClose(ClientSession session, long delayNanos) {
        closes.add(session);
    }

    @Override
    public void watchIds(ClientSession session, long delayNanos) {}

    @Override
    public void watchQuestion(PendingAsk ask, long delayNanos) {}

    /** Whose sends are to be looked at. */
    public List<ClientSession> sends() {
        return sends;
    }

    /** When handlers are to be looked at; a test removes what it has played. */
    public List<Long> handlers() {
        return handlers;
    }

    /** Whose closes are to be looked at. */
    public List<ClientSession> closes() {
        return closes;
    }
}
