// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Faults in what the hub is told of a peer's messages. */
final class InboundFaults {
    private static final String SIZED_EVENT = "{\"event\":\"size/test\"";

    private InboundFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.ofEntries(
                fault("IN-01", SwapsTwoTexts::new),
                fault("IN-02", CutsLongTexts::new),
                fault("IN-03", LosesEmptyTexts::new),
                fault("IN-04", TakesBinaryForText::new),
                fault("IN-05", LosesPongsWithinATextInFragments::new),
                fault("THREAD-01", PongsOnAnotherThread::new),
                fault("SIZE-01", LosesLongEvents::new),
                fault("SIZE-02", LosesTheRestOfFragments::new),
                fault("SIZE-04", LosesEmptyParts::new),
                fault("HB-02", LosesPongsThatWereAskedFor::new),
                Map.entry("LOAD-01", SwapsTwoTextsInACrowd::new));
    }

    private static Map.Entry<String, Supplier<Fault>> fault(
            String id, Function<ConnectionHandler, ConnectionHandler> faulty) {
        return Map.entry(id, () -> new Fault() {
            @Override
            ConnectionHandler handler(ConnectionHandler good, Connection connection) {
                return faulty.apply(good);
            }
        });
    }

    private static class SwapsTwoTexts extends Fault.PassingHandler {
        private final int at;
        private final List<String> held = new ArrayList<>();
        private int count;

        SwapsTwoTexts(ConnectionHandler good) {
            this(good, 250);
        }

        SwapsTwoTexts(ConnectionHandler good, int at) {
            super(good);
            this.at = at;
        }

        @Override
        public void onText(String part, boolean last) {
            if (!last || part.length() > 20) {
                good.onText(part, last);
                return;
            }
            count++;
            if (count == at) {
                held.add(part);
                return;
            }
            good.onText(part, true);
            held.forEach(text -> good.onText(text, true));
            held.clear();
        }
    }

    private static final class SwapsTwoTextsInACrowd extends Fault {
        private final AtomicInteger open = new AtomicInteger();

        @Override
        ConnectionHandler handler(ConnectionHandler good, Connection connection) {
            if (open.incrementAndGet() % 100 != 0) {
                return new PassingHandler(good) {
                    @Override
                    public void onClosed(CloseReason reason) {
                        open.decrementAndGet();
                        good.onClosed(reason);
                    }
                };
            }
            return new SwapsTwoTexts(good, 20);
        }
    }

    private static final class CutsLongTexts extends Fault.PassingHandler {
        CutsLongTexts(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            boolean isLong = part.length() > 100_000 && !part.startsWith("{");
            good.onText(isLong ? part.substring(1) : part, last);
        }
    }

    private static final class LosesEmptyTexts extends Fault.PassingHandler {
        private boolean isWithin;

        LosesEmptyTexts(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            if (!part.isEmpty() || !last || isWithin) {
                good.onText(part, last);
            }
            isWithin = !last;
        }
    }

    private static final class TakesBinaryForText extends Fault.PassingHandler {
        TakesBinaryForText(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onViolation(CloseReason reason) {
            good.onText("binary", true);
        }
    }

    private static final class LosesPongsWithinATextInFragments extends Fault.PassingHandler {
        private boolean isWithin;

        LosesPongsWithinATextInFragments(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            isWithin = !last;
            good.onText(part, last);
        }

        @Override
        public void onPong() {
            if (!isWithin) {
                good.onPong();
            }
        }
    }

    private static final class PongsOnAnotherThread extends Fault.PassingHandler {
        private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "pongs");
            thread.setDaemon(true);
            return thread;
        });

        PongsOnAnotherThread(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onPong() {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            THREAD.execute(() -> {
                begun.complete(null);
                good.onPong();
            });
            begun.join(); // beside what comes next, however busy the machine is
        }
    }

    private static final class LosesLongEvents extends Fault.PassingHandler {
        LosesLongEvents(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            if (!last || part.length() <= 1024 || !part.startsWith(SIZED_EVENT)) {
                good.onText(part, last);
            }
        }
    }

    private static final class LosesTheRestOfFragments extends Fault.PassingHandler {
        private boolean isWithinEvent;

        LosesTheRestOfFragments(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            isWithinEvent |= !last && part.startsWith(SIZED_EVENT);
            if (!isWithinEvent) {
                good.onText(part, last);
            }
        }
    }

    private static final class LosesEmptyParts extends Fault.PassingHandler {
        LosesEmptyParts(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onText(String part, boolean last) {
            if (last || !part.isEmpty()) {
                good.onText(part, last);
            }
        }
    }

    private static final class LosesPongsThatWereAskedFor extends Fault.PassingHandler {
        private int pongs;

        LosesPongsThatWereAskedFor(ConnectionHandler good) {
            super(good);
        }

        @Override
        public void onPong() {
            pongs++;
            if (pongs != 2) {
                good.onPong();
            }
        }
    }
}
