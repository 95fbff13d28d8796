// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.transcripts;

import io.hubwire.Hub;
import io.hubwire.containers.conformance.SharedServer;
import io.hubwire.containers.conformance.SocketLink;
import io.hubwire.containers.conformance.SocketTransport;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import io.hubwire.testkit.ClientTransport;
import io.hubwire.testkit.ConnectRequest;
import io.hubwire.testkit.network.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plain sockets, each connection through a proxy of its own: one that is dropped is reset at both ends, as by a network that breaks. */
final class BreakingTransport implements ClientTransport {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SharedServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable Hub hub;

    BreakingTransport(SharedServer server) {
        this.server = server;
    }

    @Override
    public void start(Hub served) {
        hub = served;
    }

    @Override
    public void connect(ConnectRequest request, Answer answer) throws IOException {
        FaultProxy proxy = FaultProxy.to(server.port());
        SocketTransport transport = new SocketTransport(server, proxy.port());
        opened.add(transport::close);
        opened.add(proxy);
        if (hub != null) {
            transport.start(hub);
        }
        transport.connect(request, new Breakable(answer, proxy));
    }

    @Override
    public void close() {
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Says what the socket says, with a link that can break. */
    private record Breakable(Answer answer, FaultProxy proxy) implements Answer {
        @Override
        public boolean isAwaited() {
            return answer.isAwaited();
        }

        @Override
        public void opening() {
            answer.opening();
        }

        @Override
        public ClientLink.Receiver accepted(ClientLink link) {
            return answer.accepted(new BreakableLink((SocketLink) link, proxy));
        }

        @Override
        public void refused(int status, String text, Optional<Duration> retryAfter) {
            answer.refused(status, text, retryAfter);
        }

        @Override
        public void failed(IOException reason) {
            answer.failed(reason);
        }
    }

    private record BreakableLink(SocketLink link, FaultProxy proxy) implements ClientLink {
        /** A transcript goes on when the hub has read it, on whichever connection that is. */
        @Override
        public void sendText(String part, boolean last) {
            link.sendText(part, last);
            link.roundTrip()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public void sayGoodbye(CloseReason reason) {
            link.sayGoodbye(reason);
        }

        @Override
        public void drop() {
            proxy.cut();
        }
    }
}
