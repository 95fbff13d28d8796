// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Faults in what the transport makes of frames. */
final class PeerFaults {
    private PeerFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.ofEntries(
                fault("IN-06", AnswersPingsWithNothing::new),
                fault("TEXT-01", TakesSurrogates::new),
                fault("FRAME-01", TakesUnmaskedFrames::new),
                fault("FRAME-02", IgnoresAReservedBit::new),
                fault("FRAME-03", CutsLongPongs::new),
                fault("FRAME-04", TakesAMessageWithinAnother::new),
                fault("SIZE-03", KeepsEmptyFragments::new),
                fault("CLOSE-02", MissesHalfCloses::new),
                fault("CLOSE-09", TakesIllegalCodes::new),
                fault("CLOSE-10", NeverCutsTheSilent::new));
    }

    private static Map.Entry<String, Supplier<Fault>> fault(String id, Function<Peer, Peer> faulty) {
        return Map.entry(id, () -> new Fault() {
            @Override
            Peer peer(Peer good) {
                return faulty.apply(good);
            }
        });
    }

    private static final class AnswersPingsWithNothing extends Fault.PassingPeer {
        AnswersPingsWithNothing(Peer good) {
            super(good);
        }

        @Override
        RawFrame incoming(RawFrame frame) {
            return frame.opcode() == RawFrame.PONG ? RawFrame.of(RawFrame.PONG) : frame;
        }
    }

    private static final class TakesSurrogates extends Fault.PassingPeer {
        TakesSurrogates(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            boolean hasSurrogate = frame.payload().length == 4 && (frame.payload()[1] & 0xff) == 0xed;
            return hasSurrogate ? RawFrame.text(new String(frame.payload(), StandardCharsets.UTF_8)) : frame;
        }
    }

    private static final class TakesUnmaskedFrames extends Fault.PassingPeer {
        TakesUnmaskedFrames(Peer good) {
            super(good);
        }

        @Override
        public Peer sendUnmasked(RawFrame frame) throws IOException {
            return good.send(frame);
        }
    }

    private static final class IgnoresAReservedBit extends Fault.PassingPeer {
        IgnoresAReservedBit(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            return new RawFrame(frame.firstByte() & ~0x10, frame.payload());
        }
    }

    private static final class CutsLongPongs extends Fault.PassingPeer {
        CutsLongPongs(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            boolean isLong = frame.opcode() == RawFrame.PONG && frame.payload().length > 125;
            return isLong ? RawFrame.of(RawFrame.PONG, Arrays.copyOf(frame.payload(), 125)) : frame;
        }
    }

    private static final class TakesAMessageWithinAnother extends Fault.PassingPeer {
        private boolean isWithin;

        TakesAMessageWithinAnother(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            boolean isNested = isWithin && frame.opcode() == RawFrame.TEXT;
            if (frame.opcode() <= RawFrame.TEXT) {
                isWithin = !frame.isFinal();
            }
            return isNested ? RawFrame.part(RawFrame.CONTINUATION, frame.isFinal(), frame.payload()) : frame;
        }
    }

    private static final class KeepsEmptyFragments extends Fault.PassingPeer {
        /** Times 48 KiB: much more than other trials, which run beside this one, may let go meanwhile. */
        private static final int MOST = 2_000;

        private final List<byte[]> kept = new ArrayList<>();

        KeepsEmptyFragments(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            if (frame.opcode() == RawFrame.CONTINUATION && frame.payload().length == 0 && kept.size() < MOST) {
                kept.add(new byte[48 << 10]);
            }
            return frame;
        }
    }

    private static final class MissesHalfCloses extends Fault.PassingPeer {
        MissesHalfCloses(Peer good) {
            super(good);
        }

        @Override
        public void halfClose() {}
    }

    private static final class TakesIllegalCodes extends Fault.PassingPeer {
        TakesIllegalCodes(Peer good) {
            super(good);
        }

        @Override
        RawFrame outgoing(RawFrame frame) {
            boolean isIllegal = frame.opcode() == RawFrame.CLOSE && frame.closeCode() == 2999;
            return isIllegal ? RawFrame.close(3000, "") : frame;
        }
    }

    private static final class NeverCutsTheSilent extends Fault.PassingPeer {
        private boolean isKicked;

        NeverCutsTheSilent(Peer good) {
            super(good);
        }

        @Override
        RawFrame incoming(RawFrame frame) {
            isKicked |= frame.opcode() == RawFrame.CLOSE && frame.closeCode() == 4004;
            return frame;
        }

        @Override
        public boolean isCutWithin(Duration limit) {
            return !isKicked && good.isCutWithin(limit);
        }
    }
}
