// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy between a client and its server that breaks connections when a test says so: at a byte, at once, or by silence. It knows
 * nothing of what it carries, so it serves any protocol, TLS included.
 *
 * <p>It listens on a free port of the loopback interface, has one thread, and never sleeps. Bytes are neither changed nor reordered, and
 * without a fault the ends of streams and resets pass through as they come. What a cut leaves in the kernel of either side may be lost, as
 * it may on every network.
 *
 * <p>Thread-safe. What is ordered has been done when the call returns, though the other side of a socket may see it a little later.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Traffic traffic = new Traffic();
    private final Thread thread = new Thread(this::run, "fault-proxy");

    /** Its holder only calls channels that do not block, and the plan. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Set<ProxiedConnection> open = new HashSet<>();

    @GuardedBy("lock")
    private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);

    @GuardedBy("lock")
    private CutPlan plan = CutPlan.never();

    @GuardedBy("lock")
    private boolean isRefusing;

    @GuardedBy("lock")
    private boolean isClosed;

    @GuardedBy("lock")
    private long connections;

    @GuardedBy("lock")
    private long cuts;

    @GuardedBy("lock")
    private @Nullable Throwable failure;

    private FaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A running proxy for the server on this port of the loopback interface.
     *
     * @throws UncheckedIOException if it cannot listen
     */
    public static FaultProxy to(int port) {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * A running proxy for this server, which need not run yet: a client that comes too early is reset.
     *
     * @throws UncheckedIOException if it cannot listen
     */
    public static FaultProxy to(InetSocketAddress server) {
        try {
            return new FaultProxy(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of the loopback interface on which clients are to connect. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** The same address, through this proxy. */
    public URI instead(URI address) {
        String rest = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        return URI.create(address.getScheme() + "://" + host + ":" + port() + rest);
    }

    /** From now on, each new connection is cut where the plan says; default {@link CutPlan#never}. */
    @CanIgnoreReturnValue
    public FaultProxy cutEach(CutPlan cuttings) {
        synchronized (lock) {
            plan = cuttings;
        }
        return this;
    }

    /** Cuts all connections now, by a reset of both sides; new ones are served as before. Returns how many there were. */
    @CanIgnoreReturnValue
    public int cut() {
        return cut(Cut.Manner.RESET);
    }

    /** The same in this manner. */
    @CanIgnoreReturnValue
    public int cut(Cut.Manner manner) {
        synchronized (lock) {
            int count = open.size();
            endAll(manner);
            cuts += count;
            selector.wakeup(); // which lets go of the sockets
            return count;
        }
    }

    @GuardedBy("lock")
    private void endAll(Cut.Manner manner) {
        for (ProxiedConnection connection : open) {
            connection.end(manner);
        }
        open.clear();
    }

    /**
     * Lets nothing through any more in either direction, on no connection, and closes none: a link that has died without a word. New
     * connections are made, and are as silent. What a side sends goes into buffers until these are full, and is passed on after {@link
     * #flow}.
     */
    public void stall() {
        stall(EnumSet.allOf(Direction.class));
    }

    /** The same in one direction only; the other is as it was. */
    public void stall(Direction direction) {
        synchronized (lock) {
            Set<Direction> more = EnumSet.of(direction);
            more.addAll(stalled);
            stall(more);
        }
    }

    /** Ends every stall. */
    public void flow() {
        stall(EnumSet.noneOf(Direction.class));
    }

    private void stall(Set<Direction> directions) {
        synchronized (lock) {
            stalled.clear();
            stalled.addAll(directions);
            for (ProxiedConnection connection : open) {
                connection.stall(stalled);
            }
            selector.wakeup();
        }
    }

    /** From now on, new connections are reset before anything was sent; those that are there go on. */
    public void refuse() {
        refuse(true);
    }

    /** Takes new connections again. */
    public void accept() {
        refuse(false);
    }

    private void refuse(boolean refusing) {
        synchronized (lock) {
            isRefusing = refusing;
        }
    }

    /** How many connections were made through it; those it refused do not count. */
    public long connections() {
        synchronized (lock) {
            return connections;
        }
    }

    /** How many of them are open. */
    public int openConnections() {
        synchronized (lock) {
            return open.size();
        }
    }

    /** How many it has cut, by the plan or by {@link #cut()}. */
    public long cuts() {
        synchronized (lock) {
            return cuts;
        }
    }

    /** How many bytes it has passed on in this direction. */
    public long bytes(Direction direction) {
        return traffic.of(direction).get();
    }

    private void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                selector.select();
                goesOn = handleReady();
            }
        } catch (ClosedSelectorException closed) {
            // nobody needs it any more
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private boolean handleReady() throws IOException {
        synchronized (lock) {
            if (isClosed) {
                return false;
            }
            Set<SelectionKey> ready = selector.selectedKeys();
            for (SelectionKey key : List.copyOf(ready)) {
                handle(key);
            }
            ready.clear();
            return true;
        }
    }

    @GuardedBy("lock")
    private void handle(SelectionKey key) throws IOException {
        if (key.attachment() instanceof ProxiedConnection connection) {
            if (key.isValid()) { // or it ended by what its other side did
                proceed(connection);
            }
        } else {
            SocketChannel client = listener.accept();
            if (client != null) {
                welcome(client);
            }
        }
    }

    @GuardedBy("lock")
    private void proceed(ProxiedConnection connection) {
        ProxiedConnection.State state = connection.proceed();
        if (state != ProxiedConnection.State.OPEN) {
            open.remove(connection);
        }
        if (state == ProxiedConnection.State.CUT) {
            cuts++;
        }
    }

    @GuardedBy("lock")
    private void welcome(SocketChannel client) throws IOException {
        if (isRefusing) {
            ProxiedConnection.end(client, Cut.Manner.RESET);
            return;
        }
        SocketChannel upstream = SocketChannel.open();
        try {
            connect(client, upstream);
        } catch (IOException | RuntimeException e) {
            ProxiedConnection.end(client, Cut.Manner.RESET);
            ProxiedConnection.end(upstream, Cut.Manner.RESET);
            if (e instanceof RuntimeException ofPlan) {
                throw ofPlan;
            }
        }
    }

    @GuardedBy("lock")
    private void connect(SocketChannel client, SocketChannel upstream) throws IOException {
        connections++;
        Optional<Cut> cut = plan.of(connections);
        ProxiedConnection.prepare(upstream);
        upstream.connect(server);
        ProxiedConnection connection = new ProxiedConnection(client, upstream, selector, cut, traffic);
        connection.stall(stalled);
        open.add(connection);
        proceed(connection); // it may be there already, and then nothing tells so
    }

    private void fail(Exception cause) {
        synchronized (lock) {
            failure = cause;
            endAll(Cut.Manner.RESET);
            release();
        }
    }

    /**
     * Resets what is open, and stops to listen. A second call does nothing.
     *
     * @throws IllegalStateException if the proxy had stopped on its own, because of what the plan threw or the machine refused
     */
    @Override
    public void close() {
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            endAll(Cut.Manner.RESET);
        }
        release();
        Throwable cause = failureAtEnd();
        if (cause != null) {
            throw new IllegalStateException("the proxy had stopped on its own", cause);
        }
    }

    private @Nullable Throwable failureAtEnd() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            return failure;
        }
    }

    /** Of the selector as well, which keeps closed sockets until then. */
    private void release() {
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
