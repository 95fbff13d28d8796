// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Faults in what the transport makes of the hub's sends and pings. */
final class OutboundFaults {
    private OutboundFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.ofEntries(
                fault("OUT-01", LosesOneText::new),
                fault("OUT-02", CompletesOneSendTwice::new),
                Map.entry("OUT-03", LosesSendsAfterTheEnd::new),
                fault("OUT-04", CutsLongTexts::new),
                fault("BP-01", ForgetsSendsThatHadToWait::new),
                Map.entry("BP-02", DelaysAllBehindSome::new),
                fault("HB-01", LosesTheThirdPing::new),
                fault("CLOSE-08", CompletesLongSendsTwiceWhenClosed::new),
                fault("CLOSE-13", ForgetsSendsThatAResetMeets::new));
    }

    private static Map.Entry<String, Supplier<Fault>> fault(String id, Function<Connection, Connection> faulty) {
        return Map.entry(id, () -> new Fault() {
            @Override
            Connection connection(Connection good) {
                return faulty.apply(good);
            }
        });
    }

    private static final class LosesOneText extends Fault.Passing {
        private int count;

        LosesOneText(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            count++;
            if (count == 1_500) {
                done.completed(null);
            } else {
                good.send(frame, done);
            }
        }
    }

    private static final class CompletesOneSendTwice extends Fault.Passing {
        private int count;

        CompletesOneSendTwice(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            count++;
            boolean isOne = count == 50;
            good.send(frame, failure -> {
                done.completed(failure);
                if (isOne) {
                    done.completed(failure);
                }
            });
        }
    }

    private static final class LosesSendsAfterTheEnd extends Fault {
        private static final class Ending extends Passing {
            volatile boolean isOver;

            Ending(Connection good) {
                super(good);
            }

            @Override
            public void send(Frame frame, SendCallback done) {
                if (!isOver) {
                    good.send(frame, done);
                }
            }
        }

        @Override
        Connection connection(Connection good) {
            return new Ending(good);
        }

        @Override
        ConnectionHandler handler(ConnectionHandler good, Connection connection) {
            return new PassingHandler(good) {
                @Override
                public void onClosed(CloseReason reason) {
                    ((Ending) connection).isOver = true;
                    good.onClosed(reason);
                }
            };
        }
    }

    private static final class CutsLongTexts extends Fault.Passing {
        CutsLongTexts(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            boolean isLong = frame.text().length() > 510_000;
            good.send(isLong ? Frame.of(frame.text().substring(5)) : frame, done);
        }
    }

    private static final class ForgetsSendsThatHadToWait extends Fault.Passing {
        ForgetsSendsThatHadToWait(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            long start = System.nanoTime();
            good.send(frame, failure -> {
                if (failure != null || System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(150)) {
                    done.completed(failure);
                }
            });
        }
    }

    private static final class DelaysAllBehindSome extends Fault {
        private final AtomicInteger pending = new AtomicInteger();

        @Override
        Connection connection(Connection good) {
            return new Passing(good) {
                @Override
                public void send(Frame frame, SendCallback done) {
                    if (pending.incrementAndGet() > 6) {
                        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                    }
                    good.send(frame, failure -> {
                        pending.decrementAndGet();
                        done.completed(failure);
                    });
                }
            };
        }
    }

    private static final class LosesTheThirdPing extends Fault.Passing {
        private int count;

        LosesTheThirdPing(Connection good) {
            super(good);
        }

        @Override
        public void ping() {
            count++;
            if (count != 3) {
                good.ping();
            }
        }
    }

    private static final class CompletesLongSendsTwiceWhenClosed extends Fault.Passing {
        private volatile Runnable again = () -> {};

        CompletesLongSendsTwiceWhenClosed(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            if (frame.text().length() > 80_000) {
                again = () -> done.completed(new IOException("closed"));
            }
            good.send(frame, done);
        }

        @Override
        public void close(CloseReason reason) {
            good.close(reason);
            again.run();
        }
    }

    private static final class ForgetsSendsThatAResetMeets extends Fault.Passing {
        private volatile boolean isEndedByTheHub;

        ForgetsSendsThatAResetMeets(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            long start = System.nanoTime();
            good.send(frame, failure -> {
                boolean hadToWait = System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(50);
                if (failure == null || isEndedByTheHub || !hadToWait) {
                    done.completed(failure);
                }
            });
        }

        @Override
        public void close(CloseReason reason) {
            isEndedByTheHub = true;
            good.close(reason);
        }

        @Override
        public void abort() {
            isEndedByTheHub = true;
            good.abort();
        }
    }
}
