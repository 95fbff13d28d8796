// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the hub says that it does, session by session. What contradicts itself is kept until it is asked for, because an
 * observer cannot throw. For one thread.
 */
final class HubModel implements HubObserver {
    private final Map<String, SessionRecord> sessions = new LinkedHashMap<>();
    private final Marks marks;
    private final Trace trace;
    private @Nullable Broken broken;

    HubModel(Marks marks, Trace trace) {
        this.marks = marks;
        this.trace = trace;
    }

    Optional<Broken> broken() {
        return Optional.ofNullable(broken);
    }

    Optional<SessionRecord> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The ids of those that have begun and not ended. */
    Set<String> live() {
        Set<String> ids = new TreeSet<>();
        sessions.values().stream()
                .filter(SessionRecord::isLive)
                .map(SessionRecord::id)
                .forEach(ids::add);
        return ids;
    }

    @Override
    public void clientConnected(String client) {
        trace.add("connected", client);
        if (sessions.put(client, new SessionRecord(client)) != null) {
            breaks(Broken.of(BuiltIn.SESSIONS, "begun twice", "the session " + client + " has begun a second time"));
        }
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        trace.add("disconnected", client, reason);
        @Nullable SessionRecord session = sessions.get(client);
        if (session == null || !session.isLive()) {
            breaks(Broken.of(
                    BuiltIn.SESSIONS,
                    session == null ? "never begun" : "ended twice",
                    "the session " + client + " has ended with " + reason));
            return;
        }
        session.ended(reason);
        if (reason.equals(CloseReason.HEARTBEAT_TIMEOUT)) {
            marks.happened(BuiltIn.GIVEN_UP);
        } else if (reason.equals(CloseReason.SLOW_CONSUMER)) {
            marks.happened(BuiltIn.TOO_SLOW);
        }
    }

    @Override
    public void clientDetached(String client, CloseReason reason) {
        trace.add("detached", client, reason);
        session(client).ifPresent(SessionRecord::away);
        if (reason.equals(CloseReason.HEARTBEAT_TIMEOUT)) {
            marks.happened(BuiltIn.GIVEN_UP);
        }
    }

    @Override
    public void clientResumed(String client) {
        trace.add("resumed", client);
        session(client).ifPresent(SessionRecord::resumed);
        marks.happened(BuiltIn.RESUMED);
    }

    @Override
    public void handlerFailed(String client, String event, String incident, Throwable failure) {
        trace.add("failed", client, event);
        breaks(Broken.of(BuiltIn.HANDLERS, "", "handler of '" + event + "' threw " + failure)
                .causedBy(failure));
    }

    @Override
    public void pushed(String client, String event, Frame frame) {
        trace.add("pushed", client, frame.text());
        if (FrameText.isControl(event)) {
            return;
        }
        @Nullable SessionRecord session = sessions.get(client);
        if (session == null) {
            breaks(Broken.of(
                    BuiltIn.SESSIONS, "never begun", "'" + event + "' was pushed to the unknown session " + client));
        } else {
            session.pushed(frame);
        }
    }

    @Override
    public void dropped(String client, String event, Frame frame) {
        trace.add("dropped", client, frame.text());
        session(client).ifPresent(session -> session.dropped(frame));
        marks.happened(BuiltIn.MADE_ROOM);
    }

    @Override
    public void broadcast(String audience, String event, int accepted) {
        trace.add("broadcast", audience, event, accepted);
    }

    private void breaks(Broken found) {
        if (broken == null) {
            broken = found;
        }
    }
}
