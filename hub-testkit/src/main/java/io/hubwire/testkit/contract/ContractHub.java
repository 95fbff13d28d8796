// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The hub that a transport serves throughout a run: passes handshakes on to whatever the rule of the moment set. Thread-safe.
 */
final class ContractHub implements ConnectionAcceptor {
    private static final Duration ADMISSION_TIMEOUT = Duration.ofSeconds(10);
    private static final ConnectionAcceptor NOBODY = new ConnectionAcceptor() {
        @Override
        public CompletionStage<HandshakeResult> admit(Handshake handshake) {
            return CompletableFuture.completedFuture(
                    new HandshakeResult.Refused(503, Optional.empty(), "no rule is being tried"));
        }

        @Override
        public Duration admissionTimeout() {
            return ADMISSION_TIMEOUT;
        }
    };

    private volatile ConnectionAcceptor behind = NOBODY;
    private volatile Runnable whenClosed = () -> {};

    /** As an application would hold it; it answers no call but those of an adapter. */
    Hub hub() {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "acceptor" -> this;
            case "start" -> Void.TYPE;
            case "close" -> {
                whenClosed.run();
                yield Void.TYPE;
            }
            case "toString" -> "the contract's hub";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default ->
                throw new UnsupportedOperationException(
                        "the contract's hub is for adapters: it has an acceptor, start and close, but not "
                                + method.getName());
        };
        return (Hub) Proxy.newProxyInstance(Hub.class.getClassLoader(), new Class<?>[] {Hub.class}, calls);
    }

    /** From now on this one judges handshakes, and that is done when the adapter closes the hub. */
    void route(ConnectionAcceptor acceptor, Runnable onClose) {
        behind = acceptor;
        whenClosed = onClose;
    }

    /** From now on every handshake is refused. */
    void rest() {
        route(NOBODY, () -> {});
    }

    @Override
    public CompletionStage<HandshakeResult> admit(Handshake handshake) {
        return behind.admit(handshake);
    }

    @Override
    public Duration admissionTimeout() {
        return behind.admissionTimeout();
    }
}
