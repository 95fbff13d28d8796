// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.utils.Futures;
import org.jspecify.annotations.Nullable;

/**
 * A Grizzly connection that becomes a socket of Tyrus's. Thread-safe, but for {@link #pass}.
 *
 * <p>Tyrus is shown a connection that differs in how it ends. When Tyrus closes it behind a close frame, only the
 * output is closed at first, and what still comes in is dropped: closing all of it at once would reset the connection of
 * a peer that is sending, who might then not see the close frame. And a connection that is lost is reported as lost;
 * Tyrus takes it for a peer that goes away when its own thread was not the one to notice.
 */
final class GrizzlySocket {
    private static final System.Logger LOG = System.getLogger(GrizzlySocket.class.getName());
    private static final long LINGER_MILLIS = 2_000;

    private final Connection<SocketAddress> connection;
    private final Filter tyrus;
    private final boolean isEncrypted;
    private final FrameGuard guard = new FrameGuard();
    private final AtomicBoolean isClosing = new AtomicBoolean();

    GrizzlySocket(Connection<SocketAddress> connection, Filter tyrus, boolean isEncrypted) {
        this.connection = connection;
        this.tyrus = tyrus;
        this.isEncrypted = isEncrypted;
    }

    /** What to pass on of what has arrived. */
    ByteBuffer pass(ByteBuffer arrived) {
        return guard.pass(arrived);
    }

    /**
     * Ends the connection at once; or soon, if its peer has just said goodbye: then Tyrus is about to answer, and a send
     * that fails is no reason to cut it short.
     */
    void abort() {
        if (guard.hasSeenClose() && !isClosing.get()) {
            cutAfterLingering();
        } else {
            cut();
        }
    }

    private void cut() {
        connection.terminateSilently();
    }

    private void cutAfterLingering() {
        ExecutorService workers = connection.getTransport().getWorkerThreadPool();
        Executor executor = workers == null ? Runnable::run : workers;
        CompletableFuture.delayedExecutor(LINGER_MILLIS, TimeUnit.MILLISECONDS, executor)
                .execute(this::cut);
    }

    /** The connection as Tyrus is to see it. */
    Connection<?> shownToTyrus() {
        return (Connection<?>) Proxy.newProxyInstance(
                GrizzlySocket.class.getClassLoader(), new Class<?>[] {Connection.class}, this::call);
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close", "closeSilently" -> {
                close();
                return method.getReturnType() == void.class ? null : Futures.createReadyFuture(connection);
            }
            case "addCloseListener" -> {
                CloseListener<Closeable, CloseType> lost = (closeable, type) -> tellLost();
                connection.addCloseListener(lost);
                return null;
            }
            default -> {
                return invoke(method, arguments);
            }
        }
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void tellLost() throws IOException {
        tyrus.handleClose(FilterChainContext.create(connection));
    }

    /** Behind what is being written; or without it, if that takes long. */
    private void close() {
        if (!isClosing.compareAndSet(false, true) || !connection.isOpen()) {
            return;
        }
        cutAfterLingering();
        if (isEncrypted || guard.hasSeenClose()) {
            connection.closeSilently();
            return;
        }
        guard.close();
        CompletionHandler<WriteResult<WritableMessage, SocketAddress>> written = new EmptyCompletionHandler<>() {
            @Override
            public void completed(WriteResult<WritableMessage, SocketAddress> result) {
                closeOutput();
            }
        };
        ((TCPNIOTransport) connection.getTransport())
                .getWriter(connection)
                .write(connection, Buffers.EMPTY_BUFFER, written);
    }

    private void closeOutput() {
        try {
            ((SocketChannel) ((NIOConnection) connection).getChannel()).shutdownOutput();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a closed connection was gone already", e);
            cut();
        }
    }
}
