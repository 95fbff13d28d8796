// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Client;
import io.hubwire.GroupPattern;
import io.hubwire.HubBuilder.ClientListener;
import io.hubwire.HubBuilder.DisconnectListener;
import io.hubwire.HubBuilder.GroupListener;
import io.hubwire.HubBuilder.ResumeCheck;
import io.hubwire.HubBuilder.UserListener;
import io.hubwire.User;
import io.hubwire.protocol.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The application's callbacks, in the order of their registration. What one throws is logged and stops no other, except on connect,
 * where it refuses the client. Thread-safe.
 */
final class Callbacks {
    private static final Logger LOG = System.getLogger("io.hubwire.callbacks");

    private record ForGroup(GroupPattern pattern, GroupListener listener) {}

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private final List<ClientListener> onConnect = new CopyOnWriteArrayList<>();
    private final List<DisconnectListener> onDisconnect = new CopyOnWriteArrayList<>();
    private final List<ForGroup> onJoined = new CopyOnWriteArrayList<>();
    private final List<ForGroup> onLeft = new CopyOnWriteArrayList<>();
    private final List<ResumeCheck> beforeResume = new CopyOnWriteArrayList<>();
    private final List<DisconnectListener> onDetach = new CopyOnWriteArrayList<>();
    private final List<ClientListener> onResume = new CopyOnWriteArrayList<>();
    private final List<UserListener> onUserOnline = new CopyOnWriteArrayList<>();
    private final List<UserListener> onUserOffline = new CopyOnWriteArrayList<>();

    void onConnect(ClientListener listener) {
        onConnect.add(listener);
    }

    void onDisconnect(DisconnectListener listener) {
        onDisconnect.add(listener);
    }

    void onJoined(String pattern, GroupListener listener) {
        onJoined.add(new ForGroup(GroupPattern.of(pattern), listener));
    }

    void onLeft(String pattern, GroupListener listener) {
        onLeft.add(new ForGroup(GroupPattern.of(pattern), listener));
    }

    void onUserOnline(UserListener listener) {
        onUserOnline.add(listener);
    }

    void onUserOffline(UserListener listener) {
        onUserOffline.add(listener);
    }

    void beforeResume(ResumeCheck check) {
        beforeResume.add(check);
    }

    void onDetach(DisconnectListener listener) {
        onDetach.add(listener);
    }

    void onResume(ClientListener listener) {
        onResume.add(listener);
    }

    /** Completes when everybody has looked at what the client may still have. */
    CompletionStage<?> beforeResume(Client client) {
        CompletionStage<?> all = CompletableFuture.completedFuture(null);
        for (ResumeCheck check : beforeResume) {
            all = all.thenCompose(unused -> check.beforeResume(client));
        }
        return all;
    }

    void detached(Client client, CloseReason reason) {
        for (DisconnectListener listener : onDetach) {
            guarded("onDetach", client, () -> listener.on(client, reason));
        }
    }

    void resumed(Client client) {
        for (ClientListener listener : onResume) {
            guarded("onResume", client, () -> listener.on(client));
        }
    }

    boolean hasOnConnect() {
        return !onConnect.isEmpty();
    }

    void connected(Client client) throws Exception {
        for (ClientListener listener : onConnect) {
            listener.on(client);
        }
    }

    void disconnected(Client client, CloseReason reason) {
        for (DisconnectListener listener : onDisconnect) {
            guarded("onDisconnect", client, () -> listener.on(client, reason));
        }
    }

    void joined(Client client, String group) {
        call("onJoined", onJoined, client, group);
    }

    void left(Client client, String group) {
        call("onLeft", onLeft, client, group);
    }

    void userOnline(User user) {
        for (UserListener listener : onUserOnline) {
            guarded("onUserOnline", user, () -> listener.on(user));
        }
    }

    void userOffline(User user) {
        for (UserListener listener : onUserOffline) {
            guarded("onUserOffline", user, () -> listener.on(user));
        }
    }

    private static void call(String callback, List<ForGroup> listeners, Client client, String group) {
        for (ForGroup listener : listeners) {
            if (listener.pattern.matches(group)) {
                guarded(callback, client, () -> listener.listener.on(client, group));
            }
        }
    }

    private static void guarded(String callback, Object subject, Call call) {
        try {
            call.run();
        } catch (Throwable failure) { // whatever user code throws, the next callback is called
            LOG.log(Level.ERROR, () -> callback + " failed for " + subject, failure);
        }
    }
}
