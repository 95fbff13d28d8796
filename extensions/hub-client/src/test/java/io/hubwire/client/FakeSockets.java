// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.client.internal.ClientSocket;
import io.hubwire.client.internal.SocketListener;
import io.hubwire.client.internal.SocketOpener;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connections to a hub that a test plays. */
final class FakeSockets implements SocketOpener {
    private final VirtualRuntime runtime;
    private final Queue<FakeSocket> opened = new ArrayDeque<>();
    private BiConsumer<FakeSocket, String> onSend = (socket, text) -> socket.sent.add(text);
    private final List<Runnable> held = new ArrayList<>();
    private boolean isDown;
    private boolean isHeld;
    private int attempts;

    FakeSockets(VirtualRuntime runtime) {
        this.runtime = runtime;
    }

    /** While it is, no connection can be made. */
    void down(boolean isTrue) {
        isDown = isTrue;
    }

    /** Instead of keeping what the client sends in {@link FakeSocket#sent}. */
    void onSend(BiConsumer<FakeSocket, String> hub) {
        onSend = hub;
    }

    /** While it is true, a connection opens only afterwards. */
    void hold(boolean isTrue) {
        isHeld = isTrue;
        if (!isTrue) {
            held.forEach(runtime::soon);
            held.clear();
        }
    }

    int attempts() {
        return attempts;
    }

    boolean hasNext() {
        return !opened.isEmpty();
    }

    /** The next connection that the client has made. */
    FakeSocket next() {
        return opened.remove();
    }

    @Override
    public void open(URI uri, SocketListener listener) {
        attempts++;
        if (isDown) {
            runtime.soon(() -> listener.closed(1006, "the network is down"));
            return;
        }
        FakeSocket socket = new FakeSocket(listener);
        opened.add(socket);
        Runnable opening = () -> listener.opened(socket);
        if (isHeld) {
            held.add(opening);
        } else {
            runtime.soon(opening);
        }
    }

    /** One connection, as the hub's side sees it. */
    final class FakeSocket implements ClientSocket {
        final List<String> sent = new ArrayList<>();
        private final SocketListener listener;
        private boolean holdsSends;
        private @Nullable Consumer<@Nullable Throwable> held;
        private int closedByClient;

        FakeSocket(SocketListener listener) {
            this.listener = listener;
        }

        /** From now on a send does not complete. */
        void holdSends() {
            holdsSends = true;
        }

        void completeSend(@Nullable Throwable failure) {
            Consumer<@Nullable Throwable> done = held;
            held = null;
            if (done == null) {
                throw new IllegalStateException("nothing is being sent");
            }
            done.accept(failure);
            runtime.settle();
        }

        void say(String text) {
            listener.text(text);
            runtime.settle();
        }

        void closeByHub(int code) {
            listener.closed(code, "");
            runtime.settle();
        }

        /** The code that the client closed it with, or 0. */
        int closedByClient() {
            return closedByClient;
        }

        @Override
        public void send(String text, Consumer<@Nullable Throwable> done) {
            onSend.accept(this, text);
            if (holdsSends) {
                held = done;
            } else {
                done.accept(null);
            }
        }

        @Override
        public void close(int code, String text) {
            if (closedByClient == 0) {
                closedByClient = code;
            }
        }
    }
}
