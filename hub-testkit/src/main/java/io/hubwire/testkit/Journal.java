// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears what the hub does, and finds out which of its sessions belongs to which test client. Thread-safe. */
final class Journal implements HubObserver {
    private static final String NOBODY = "?";

    private final Transcript transcript;

    /** Names of clients whose connection is open and whose session has not begun, in order. */
    @GuardedBy("this")
    private final Deque<String> opening = new ArrayDeque<>();

    @GuardedBy("this")
    private final Map<String, String> nameById = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, String> idByName = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, CloseReason> endById = new HashMap<>();

    @GuardedBy("this")
    private final List<HandlerFailure> failures = new ArrayList<>();

    /** The incidents that a test said it expects. */
    @GuardedBy("this")
    private final Set<String> expectedIncidents = new HashSet<>();

    @GuardedBy("this")
    private OptionalInt lastReach = OptionalInt.empty();

    Journal(Transcript transcript) {
        this.transcript = transcript;
    }

    /** Sessions begin in the order in which their connections open: the next one that begins is this client's. */
    synchronized void expectSessionOf(String name) {
        opening.add(name);
    }

    /** The connection is gone: if no session has begun, none will. */
    synchronized void expectNoSessionOf(String name) {
        opening.remove(name);
    }

    synchronized Optional<String> idOf(String name) {
        return Optional.ofNullable(idByName.get(name));
    }

    /** How the session ended that the client had last. */
    synchronized Optional<CloseReason> endOf(String name) {
        return idOf(name).map(endById::get);
    }

    /** The client says which session is its own from now on. */
    synchronized void isSessionOf(String name, String id) {
        nameById.put(id, name);
        idByName.put(name, id);
    }

    @Override
    public synchronized void clientConnected(String client) {
        @Nullable String name = opening.poll();
        if (name != null) {
            nameById.put(client, name);
            idByName.put(name, client);
        }
    }

    /** What handlers threw, in order; a snapshot. */
    synchronized List<HandlerFailure> handlerFailures() {
        return List.copyOf(failures);
    }

    /** What handlers threw and no test said it expects. */
    synchronized List<HandlerFailure> unexpectedFailures() {
        List<HandlerFailure> unexpected = new ArrayList<>(failures);
        unexpected.removeIf(failure -> isExpected(failure.incident()));
        return List.copyOf(unexpected);
    }

    synchronized void expect(HandlerFailure failure) {
        expectedIncidents.add(failure.incident());
    }

    synchronized boolean isExpected(String incident) {
        return expectedIncidents.contains(incident);
    }

    /** How many recipients the latest send had. */
    synchronized OptionalInt lastReach() {
        return lastReach;
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        String name = recordEnd(client, reason);
        transcript.add(name, Transcript.Mark.DECISION, "ended the session: " + describe(reason));
    }

    @Override
    public void clientDetached(String client, CloseReason reason) {
        transcript.add(nameOf(client), Transcript.Mark.DECISION, "keeps the session: " + describe(reason));
    }

    @Override
    public void clientResumed(String client) {
        transcript.add(nameOf(client), Transcript.Mark.DECISION, "goes on with the session");
    }

    @Override
    public void handlerFailed(String client, String event, String incident, Throwable failure) {
        String name = nameOf(client);
        record(new HandlerFailure(name, event, incident, failure));
        transcript.add(name, Transcript.Mark.FAILURE, "handler of '" + event + "' threw " + failure);
    }

    @Override
    public void dropped(String client, String event, Frame frame) {
        transcript.add(nameOf(client), Transcript.Mark.DECISION, "dropped '" + event + "', by the outbox's policy");
    }

    @Override
    public synchronized void broadcast(String audience, String event, int accepted) {
        lastReach = OptionalInt.of(accepted);
    }

    /** A text in which clients have their names instead of their ids. */
    synchronized String withNames(String text) {
        String named = text;
        for (Map.Entry<String, String> client : nameById.entrySet()) {
            named = named.replace(client.getKey(), client.getValue());
        }
        return named;
    }

    static String describe(CloseReason reason) {
        return reason.code() + " " + reason.text();
    }

    private synchronized void record(HandlerFailure failure) {
        failures.add(failure);
    }

    private synchronized String recordEnd(String client, CloseReason reason) {
        endById.put(client, reason);
        return nameOf(client);
    }

    private synchronized String nameOf(String client) {
        return nameById.getOrDefault(client, NOBODY);
    }
}
