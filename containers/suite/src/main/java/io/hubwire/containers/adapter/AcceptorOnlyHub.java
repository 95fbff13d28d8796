// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import io.hubwire.Hub;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A hub that is nothing but an acceptor: it keeps what the adapter reports, and leaves each connection to the test. */
public final class AcceptorOnlyHub implements ConnectionAcceptor {
    private final BlockingQueue<KeptPlace> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private volatile Duration admissionTimeout = Duration.ofSeconds(10);
    private volatile Function<Handshake, CompletionStage<HandshakeResult>> judge =
            handshake -> CompletableFuture.completedFuture(newPlace());

    /** This hub, as an application would hold it. */
    public Hub hub() {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "acceptor" -> this;
            case "start" -> {
                starts.incrementAndGet();
                yield null;
            }
            case "close" -> {
                closes.incrementAndGet();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        };
        return (Hub) Proxy.newProxyInstance(Hub.class.getClassLoader(), new Class<?>[] {Hub.class}, calls);
    }

    /** This hub, served on {@code /ws}. */
    public HubEndpoint endpoint() {
        return HubEndpoint.serving(hub());
    }

    public AcceptorOnlyHub judging(Function<Handshake, CompletionStage<HandshakeResult>> decision) {
        judge = decision;
        return this;
    }

    public AcceptorOnlyHub admissionTimeout(Duration timeout) {
        admissionTimeout = timeout;
        return this;
    }

    public KeptPlace newPlace() {
        return new KeptPlace(opened);
    }

    /** The next connection that the adapter opened. */
    public KeptPlace nextOpened() throws InterruptedException {
        KeptPlace place = opened.poll(10, TimeUnit.SECONDS);
        if (place == null) {
            throw new AssertionError("no connection was opened within 10 s");
        }
        return place;
    }

    public int startCount() {
        return starts.get();
    }

    public int closeCount() {
        return closes.get();
    }

    @Override
    public CompletionStage<HandshakeResult> admit(Handshake handshake) {
        return judge.apply(handshake);
    }

    @Override
    public Duration admissionTimeout() {
        return admissionTimeout;
    }
}
