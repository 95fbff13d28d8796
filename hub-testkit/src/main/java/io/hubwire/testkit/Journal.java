// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, CloseReason> ends = new HashMap<>();

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

    synchronized Optional<CloseReason> endOf(String name) {
        return Optional.ofNullable(ends.get(name));
    }

    @Override
    public synchronized void clientConnected(String client) {
        @Nullable String name = opening.poll();
        if (name != null) {
            nameById.put(client, name);
            idByName.put(name, client);
        }
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        String name = recordEnd(client, reason);
        transcript.add(name, Transcript.Mark.LIFECYCLE, "the hub ended the session: " + describe(reason));
    }

    @Override
    public void handlerFailed(String client, String event, String incident, Throwable failure) {
        transcript.add(nameOf(client), Transcript.Mark.FAILURE, "handler of '" + event + "' threw " + failure);
    }

    static String describe(CloseReason reason) {
        return reason.code() + " " + reason.text();
    }

    private synchronized String recordEnd(String client, CloseReason reason) {
        String name = nameOf(client);
        ends.put(name, reason);
        return name;
    }

    private synchronized String nameOf(String client) {
        return nameById.getOrDefault(client, NOBODY);
    }
}
