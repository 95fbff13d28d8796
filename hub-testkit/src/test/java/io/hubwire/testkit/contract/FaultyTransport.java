// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A good transport with a fault planted in it. */
final class FaultyTransport implements TransportUnderTest {
    private final TransportUnderTest good;
    private final Supplier<Fault> faults;
    private final Map<String, String> knownGaps;

    FaultyTransport(TransportUnderTest good, Supplier<Fault> faults, Map<String, String> knownGaps) {
        this.good = good;
        this.faults = faults;
        this.knownGaps = knownGaps;
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Duration patience() {
        return good.patience();
    }

    @Override
    public Map<String, String> knownGaps() {
        return knownGaps;
    }

    @Override
    public Running start(Hub hub) throws Exception {
        Fault fault = faults.get();
        Running running = good.start(faulty(hub, fault));
        return new Running() {
            @Override
            public Peer connect(ClientHandshake handshake) throws IOException {
                return fault.peer(running.connect(fault.asking(handshake)));
            }

            @Override
            public void close() throws IOException {
                fault.stopping();
                running.close();
            }
        };
    }

    private static Hub faulty(Hub hub, Fault fault) {
        ConnectionAcceptor acceptor = faulty(hub.acceptor(), fault);
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "acceptor" -> acceptor;
            case "close" -> {
                fault.closeHub(hub);
                yield Void.TYPE;
            }
            default -> method.invoke(hub, arguments);
        };
        return (Hub) Proxy.newProxyInstance(Hub.class.getClassLoader(), new Class<?>[] {Hub.class}, calls);
    }

    private static ConnectionAcceptor faulty(ConnectionAcceptor acceptor, Fault fault) {
        return new ConnectionAcceptor() {
            @Override
            public CompletionStage<HandshakeResult> admit(Handshake handshake) {
                return fault.decision(acceptor.admit(fault.handshake(handshake)))
                        .thenApply(result -> faulty(result, fault));
            }

            @Override
            public Duration admissionTimeout() {
                return acceptor.admissionTimeout();
            }
        };
    }

    private static HandshakeResult faulty(HandshakeResult result, Fault fault) {
        if (!(result instanceof HandshakeResult.Accepted place)) {
            return result;
        }
        return new HandshakeResult.Accepted() {
            @Override
            public ConnectionHandler open(Connection connection) {
                Connection driven = fault.connection(connection);
                return fault.handler(fault.open(place, driven), driven);
            }

            @Override
            public void release() {
                fault.release(place);
            }
        };
    }
}
