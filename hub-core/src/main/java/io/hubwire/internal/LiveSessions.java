// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The sessions of which anything is left: a handler, a callback, a connection. Thread-safe.
 *
 * <p>Those that go on are in the directory; only those that are ending have to be held here, so that an idle client costs nothing more.
 */
final class LiveSessions {
    private final ClientDirectory<ClientSession> clients;
    private final Set<ClientSession> ending = ConcurrentHashMap.newKeySet();

    @GuardedBy("this")
    private int count;

    /** How many there were when the hub began to shut down, and have begun since. */
    @GuardedBy("this")
    private int sinceClosing;

    @GuardedBy("this")
    private Runnable whenEmpty = () -> {};

    private volatile boolean isClosing;
    private volatile boolean isOver;

    LiveSessions(ClientDirectory<ClientSession> clients) {
        this.clients = clients;
    }

    synchronized void add() {
        count++;
        sinceClosing++;
    }

    /** It leaves the directory, but something of it is left. */
    void end(ClientSession session) {
        ending.add(session);
        clients.remove(session);
    }

    void remove(ClientSession session) {
        ending.remove(session);
        Runnable action;
        synchronized (this) {
            count--;
            if (count > 0 || !isClosing) {
                return;
            }
            action = whenEmpty;
        }
        action.run();
    }

    /** Sessions that begin from now on must end at once. The action runs whenever the last one is gone. */
    synchronized void close(Runnable action) {
        isClosing = true;
        sinceClosing = count;
        whenEmpty = action;
    }

    /** Nobody looks after sessions any more: those that begin from now on must be cut. */
    void closeFinally() {
        isOver = true;
    }

    /** Everyone that was here before the call and of which anything is left. */
    void forEach(Consumer<ClientSession> action) {
        clients.all().forEach(action); // first, because a session goes from there to those that are ending
        ending.forEach(action);
    }

    boolean isClosing() {
        return isClosing;
    }

    boolean isOver() {
        return isOver;
    }

    synchronized int count() {
        return count;
    }

    synchronized int sinceClosing() {
        return sinceClosing;
    }
}
