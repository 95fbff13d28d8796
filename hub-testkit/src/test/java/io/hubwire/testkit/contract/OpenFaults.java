// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Faults in how connections begin. */
final class OpenFaults {
    private OpenFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.of(
                "OPEN-01", LosesSendsWithinOpen::new,
                "OPEN-02", LosesTheQuery::new,
                "OPEN-03", LosesRetryAfter::new,
                "OPEN-04", LosesClosesWithinOpen::new,
                "OPEN-05", RefusesLateDecisions::new,
                "OPEN-06", ReportsBeforeOpenHasReturned::new,
                "OPEN-07", LosesWhatIsBehindTheHandshake::new,
                "OPEN-08", NeverReleases::new);
    }

    private abstract static class WithinOpen extends Fault {
        private final ThreadLocal<Boolean> isOpening = ThreadLocal.withInitial(() -> false);

        boolean isWithin() {
            return isOpening.get();
        }

        @Override
        ConnectionHandler open(HandshakeResult.Accepted place, Connection connection) {
            isOpening.set(true);
            try {
                return place.open(connection);
            } finally {
                isOpening.remove();
            }
        }
    }

    private static final class LosesSendsWithinOpen extends WithinOpen {
        @Override
        Connection connection(Connection good) {
            return new Passing(good) {
                @Override
                public void send(Frame frame, SendCallback done) {
                    if (isWithin()) {
                        done.completed(null);
                    } else {
                        good.send(frame, done);
                    }
                }
            };
        }
    }

    private static final class LosesClosesWithinOpen extends WithinOpen {
        @Override
        Connection connection(Connection good) {
            return new Passing(good) {
                @Override
                public void close(CloseReason reason) {
                    if (!isWithin()) {
                        good.close(reason);
                    }
                }
            };
        }
    }

    private static final class LosesTheQuery extends Fault {
        @Override
        Handshake handshake(Handshake good) {
            return (Handshake) Proxy.newProxyInstance(
                    Handshake.class.getClassLoader(), new Class<?>[] {Handshake.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("query")) {
                            return Optional.empty();
                        }
                        try {
                            return method.invoke(good, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private static final class LosesRetryAfter extends Fault {
        @Override
        CompletionStage<HandshakeResult> decision(CompletionStage<HandshakeResult> good) {
            return good.thenApply(result -> result instanceof HandshakeResult.Refused refused
                    ? new HandshakeResult.Refused(refused.status(), Optional.empty(), refused.text())
                    : result);
        }
    }

    private static final class RefusesLateDecisions extends Fault {
        /** When the contract decides late at the earliest, on a {@link PlantedFaultsTest} transport. */
        private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

        private volatile long askedNanos;

        @Override
        Handshake handshake(Handshake good) {
            askedNanos = System.nanoTime();
            return good;
        }

        /** A decision that is there already was late nevertheless if the machine has held up this thread for as long. */
        @Override
        CompletionStage<HandshakeResult> decision(CompletionStage<HandshakeResult> good) {
            boolean isLate = !good.toCompletableFuture().isDone() || System.nanoTime() - askedNanos >= LATE_NANOS;
            return good.thenApply(result -> {
                if (isLate && result instanceof HandshakeResult.Accepted place) {
                    place.release();
                    return new HandshakeResult.Refused(500, Optional.empty(), "too late");
                }
                return result;
            });
        }
    }

    /** The first open is as slow as the peer that sends first, however much the machine holds that one up. */
    private static final class ReportsBeforeOpenHasReturned extends Fault {
        private final AtomicBoolean isFirst = new AtomicBoolean(true);

        @Override
        ConnectionHandler open(HandshakeResult.Accepted place, Connection connection) {
            if (!(place instanceof ConnectionHandler handler)) {
                return place.open(connection);
            }
            CompletableFuture<Void> start = new CompletableFuture<>();
            start.thenRunAsync(() -> place.open(connection));
            start.completeOnTimeout(null, isFirst.getAndSet(false) ? 1 : 0, TimeUnit.SECONDS);
            return new PassingHandler(handler) {
                @Override
                public void onText(String part, boolean last) {
                    good.onText(part, last);
                    start.complete(null);
                }
            };
        }
    }

    private static final class LosesWhatIsBehindTheHandshake extends Fault {
        @Override
        ClientHandshake asking(ClientHandshake good) {
            return good.followedBy();
        }
    }

    private static final class NeverReleases extends Fault {
        @Override
        void release(HandshakeResult.Accepted place) {}
    }
}
