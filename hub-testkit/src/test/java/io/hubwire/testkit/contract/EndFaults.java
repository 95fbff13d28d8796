// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Faults in how connections end, and in how the transport does. */
final class EndFaults {
    private EndFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.ofEntries(
                reporting("FRAME-05", heard -> isOf(heard, 1002, 1007) ? CloseReason.CONNECTION_LOST : heard),
                reporting("CLOSE-01", heard -> isOf(heard, 4999) ? new CloseReason(4999, "") : heard),
                reporting("CLOSE-14", heard -> isOf(heard, 1005) ? CloseReason.CONNECTION_LOST : heard),
                closing("HB-03", asked -> isOf(asked, 4201) ? new CloseReason(4200, "") : asked),
                closing("CLOSE-03", asked -> isOf(asked, 4404) ? new CloseReason(4404, "") : asked),
                closing("CLOSE-07", asked -> asked.text().length() > 122 ? new CloseReason(asked.code(), "") : asked),
                closing("CLOSE-12", asked -> isOf(asked, 1006) ? new CloseReason(4444, "") : asked),
                Map.entry("CLOSE-04", BelievesWhatACloseCutsOff::new),
                Map.entry("CLOSE-05", KeepsStalledSockets::new),
                Map.entry("CLOSE-06", ReportsTwoClosesTwice::new),
                Map.entry("CLOSE-11", ThrowsAfterTheEnd::new),
                Map.entry("CLOSE-15", NeverCutsTheIdle::new),
                Map.entry("LIFE-01", LeavesTheHubOpen::new),
                Map.entry("LIFE-02", KeepsEveryHandler::new),
                Map.entry("LIFE-03", ReportsTwiceWhenStopped::new));
    }

    private static boolean isOf(CloseReason reason, int... codes) {
        return java.util.Arrays.stream(codes).anyMatch(code -> code == reason.code());
    }

    private static Map.Entry<String, Supplier<Fault>> reporting(String id, UnaryOperator<CloseReason> change) {
        return Map.entry(id, () -> new Fault() {
            @Override
            ConnectionHandler handler(ConnectionHandler good, Connection connection) {
                return new PassingHandler(good) {
                    @Override
                    public void onClosed(CloseReason reason) {
                        good.onClosed(change.apply(reason));
                    }
                };
            }
        });
    }

    private static Map.Entry<String, Supplier<Fault>> closing(String id, UnaryOperator<CloseReason> change) {
        return Map.entry(id, () -> new Fault() {
            @Override
            Connection connection(Connection good) {
                return new Passing(good) {
                    @Override
                    public void close(CloseReason reason) {
                        good.close(change.apply(reason));
                    }
                };
            }
        });
    }

    /** Remembers what the hub has done to it. */
    private static class Remembering extends Fault.Passing {
        volatile int closes;
        volatile int code;
        volatile int sends;
        volatile SendCallback inFlight = failure -> {};
        volatile boolean isSending;
        volatile boolean isOver;
        volatile ConnectionHandler handler;

        Remembering(Connection good) {
            super(good);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            sends++;
            isSending = true;
            inFlight = done;
            good.send(frame, failure -> {
                isSending = false;
                done.completed(failure);
            });
        }

        @Override
        public synchronized void close(CloseReason reason) {
            closes++;
            code = reason.code();
            good.close(reason);
        }
    }

    private abstract static class OfRemembering extends Fault {
        @Override
        ConnectionHandler handler(ConnectionHandler good, Connection connection) {
            Remembering remembering = (Remembering) connection;
            remembering.handler = good;
            return new PassingHandler(good) {
                @Override
                public void onClosed(CloseReason reason) {
                    remembering.isOver = true;
                    good.onClosed(reason);
                    closed(good, remembering, reason);
                }
            };
        }

        void closed(ConnectionHandler good, Remembering connection, CloseReason reason) {}
    }

    private static final class BelievesWhatACloseCutsOff extends Fault {
        @Override
        Connection connection(Connection good) {
            return new Remembering(good) {
                @Override
                public void send(Frame frame, SendCallback done) {
                    super.send(frame, failure -> done.completed(code == 4104 ? null : failure));
                }
            };
        }
    }

    private static final class KeepsStalledSockets extends OfRemembering {
        @Override
        Connection connection(Connection good) {
            return new Remembering(good) {
                @Override
                public void abort() {
                    if (!isSending || isOver) {
                        good.abort();
                        return;
                    }
                    isOver = true;
                    isSending = false;
                    inFlight.completed(new IOException("cut"));
                    handler.onClosed(CloseReason.CONNECTION_LOST);
                }
            };
        }
    }

    private static final class ReportsTwoClosesTwice extends OfRemembering {
        @Override
        Connection connection(Connection good) {
            return new Remembering(good);
        }

        @Override
        void closed(ConnectionHandler good, Remembering connection, CloseReason reason) {
            if (reason.code() >= 4410 && reason.code() <= 4412) {
                good.onClosed(reason);
            }
        }
    }

    private static final class ThrowsAfterTheEnd extends OfRemembering {
        @Override
        Connection connection(Connection good) {
            return new Remembering(good) {
                @Override
                public void abort() {
                    if (isOver && code == 1000) {
                        throw new IllegalStateException("over");
                    }
                    good.abort();
                }
            };
        }
    }

    private static final class NeverCutsTheIdle extends Fault {
        @Override
        Connection connection(Connection good) {
            return new Remembering(good) {
                private volatile boolean isAborted;

                @Override
                public void send(Frame frame, SendCallback done) {
                    if (isAborted) {
                        throw new IllegalStateException("cut");
                    }
                    super.send(frame, done);
                }

                @Override
                public void abort() {
                    isAborted = true;
                    if (sends > 0 || closes > 0) {
                        good.abort();
                    }
                }
            };
        }
    }

    private static final class LeavesTheHubOpen extends Fault {
        @Override
        void closeHub(Hub good) {}
    }

    private static final class KeepsEveryHandler extends Fault {
        private static final List<ConnectionHandler> KEPT = new ArrayList<>();

        @Override
        ConnectionHandler handler(ConnectionHandler good, Connection connection) {
            KEPT.add(good);
            return good;
        }
    }

    private static final class ReportsTwiceWhenStopped extends Fault {
        private volatile boolean isStopping;

        @Override
        void stopping() {
            isStopping = true;
        }

        @Override
        ConnectionHandler handler(ConnectionHandler good, Connection connection) {
            return new PassingHandler(good) {
                @Override
                public void onClosed(CloseReason reason) {
                    good.onClosed(reason);
                    if (isStopping) {
                        good.onClosed(reason);
                    }
                }
            };
        }
    }
}
