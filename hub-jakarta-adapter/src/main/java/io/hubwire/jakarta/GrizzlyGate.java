// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Tyrus's filter on a Grizzly listener: judges handshakes before Tyrus sees them, and guards the frames
 * of the sockets that they become. Thread-safe.
 *
 * <p>A decision that takes time does not hold a thread: the request is suspended, and Grizzly does not read on from its
 * connection meanwhile.
 */
final class GrizzlyGate extends BaseFilter {
    private static final QuietLog FAILED = new QuietLog(GrizzlyGate.class);
    private static final Attribute<GrizzlySocket> SOCKET =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(GrizzlySocket.class.getName());

    /**
     * What frames are said to belong to. With the real request Tyrus would begin the handshake anew, and the hub be asked
     * again, if the connection has been closed meanwhile.
     */
    private static final HttpRequestPacket NO_HANDSHAKE = HttpRequestPacket.builder()
            .method(Method.GET)
            .uri("/")
            .protocol(Protocol.HTTP_1_1)
            .build();

    private final Filter tyrus;
    private final String contextPath;
    private final List<HandshakeGate> gates;

    GrizzlyGate(Filter tyrus, String contextPath, List<HandshakeGate> gates) {
        this.tyrus = tyrus;
        this.contextPath = contextPath;
        this.gates = gates;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        if (!(context.getMessage() instanceof HttpContent message)) {
            return context.getInvokeAction();
        }
        GrizzlySocket socket = SOCKET.get(context.getConnection());
        if (socket != null) {
            return passFrames(socket, message, context);
        }
        if (!(message.getHttpHeader() instanceof HttpRequestPacket packet)) {
            return context.getInvokeAction();
        }
        GrizzlyUpgradeRequest request = new GrizzlyUpgradeRequest(packet, contextPath);
        if (request.isMalformedHandshake()) {
            return refuse(HandshakeGate.refused(400, "malformed path"), message, context);
        }
        Optional<HandshakeGate> gate = gateFor(request);
        return gate.isPresent() ? admit(gate.get(), request, context) : context.getInvokeAction();
    }

    /** Leaves the end of a socket to its close listener alone: Tyrus trips if it is told twice at a time. */
    @Override
    public NextAction handleClose(FilterChainContext context) {
        return SOCKET.get(context.getConnection()) == null ? context.getInvokeAction() : context.getStopAction();
    }

    private Optional<HandshakeGate> gateFor(GrizzlyUpgradeRequest request) {
        return request.isInApplication()
                ? gates.stream()
                        .filter(gate ->
                                gate.path().match(request.pathInApplication()).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private NextAction admit(HandshakeGate gate, GrizzlyUpgradeRequest request, FilterChainContext context)
            throws IOException {
        CompletableFuture<HandshakeResult> admission = gate.judge(request);
        if (admission.isDone()) {
            return answer(gate, admission.join(), context);
        }
        NextAction suspended = context.getSuspendAction(); // from here on the context may be somebody else's
        ExecutorService workers = context.getConnection().getTransport().getWorkerThreadPool();
        context.suspend();
        var unused = Backstop.over(admission, gate.admissionTimeout())
                .thenAccept(result -> resume(gate, result, context, workers));
        return suspended;
    }

    private void resume(
            HandshakeGate gate, HandshakeResult result, FilterChainContext context, @Nullable ExecutorService workers) {
        Runnable resumption = () -> context.resume(answerOrGiveUp(gate, result, context));
        if (workers == null) {
            resumption.run();
            return;
        }
        try {
            workers.execute(resumption);
        } catch (RejectedExecutionException e) { // the listener is stopping, and cuts its connections
            HandshakeGate.giveUp(result);
        }
    }

    private NextAction answerOrGiveUp(HandshakeGate gate, HandshakeResult result, FilterChainContext context) {
        try {
            return answer(gate, result, context);
        } catch (IOException | RuntimeException e) {
            FAILED.log(System.Logger.Level.WARNING, "Tyrus failed to upgrade a handshake at '" + gate.path() + "'", e);
            HandshakeGate.giveUp(result);
            context.getConnection().terminateSilently();
            return context.getStopAction();
        }
    }

    private NextAction answer(HandshakeGate gate, HandshakeResult result, FilterChainContext context)
            throws IOException {
        HttpContent message = context.getMessage();
        if (result instanceof HandshakeResult.Refused refused) {
            return refuse(refused, message, context);
        }
        GrizzlySocket socket = newSocket(message, context);
        SocketTicket ticket = new SocketTicket(result, Optional.of(session -> socket.abort()));
        GrizzlyHandshakeContext shown = new GrizzlyHandshakeContext(context, socket.shownToTyrus());
        SOCKET.set(context.getConnection(), socket);
        try {
            NextAction action = new JudgedHandshake(gate, ticket).during(() -> tyrus.handleRead(shown));
            return ticket.isHandedOver() ? begin(socket, message, context) : refused(action, context);
        } finally {
            ticket.takeResult().ifPresent(HandshakeGate::giveUp); // there is none if the socket has opened
        }
    }

    @SuppressWarnings("unchecked") // of TCP, as all connections of these listeners are
    private GrizzlySocket newSocket(HttpContent message, FilterChainContext context) {
        Connection<SocketAddress> connection = context.getConnection();
        return new GrizzlySocket(connection, tyrus, message.getHttpHeader().isSecure());
    }

    private static NextAction refuse(HandshakeResult.Refused refused, HttpContent message, FilterChainContext context) {
        GrizzlyReply.write(HttpRefusal.of(refused), message, context);
        return context.getStopAction();
    }

    /** Tyrus did not like the handshake, and has said so. */
    private static NextAction refused(NextAction action, FilterChainContext context) {
        SOCKET.remove(context.getConnection());
        context.getConnection().closeSilently();
        return action;
    }

    /** Frames may have come in one packet with the handshake: Tyrus would not look at them. */
    private NextAction begin(GrizzlySocket socket, HttpContent message, FilterChainContext context) throws IOException {
        return message.getContent().hasRemaining() ? passFrames(socket, message, context) : context.getStopAction();
    }

    private NextAction passFrames(GrizzlySocket socket, HttpContent message, FilterChainContext context)
            throws IOException {
        ByteBuffer passed = socket.pass(message.getContent().toByteBuffer());
        if (passed.hasRemaining()) {
            context.setMessage(HttpContent.builder(NO_HANDSHAKE)
                    .content(Buffers.wrap(context.getMemoryManager(), passed))
                    .build());
            passToTyrus(context);
        }
        return context.getStopAction();
    }

    /** Whatever Tyrus makes of it: on a connection that has just been closed, it finds nobody to tell. */
    private void passToTyrus(FilterChainContext context) throws IOException {
        try {
            tyrus.handleRead(context);
        } catch (RuntimeException e) {
            if (context.getConnection().isOpen()) {
                throw e;
            }
        }
    }
}
