// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is not a frame, or not in its place. The transport judges it, the hub never sees it. */
final class FrameRules {
    private static final int PROTOCOL_ERROR = 1002;
    private static final int INVALID_TEXT = 1007;

    private FrameRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "TEXT-01",
                        "A text that is not UTF-8 never reaches the hub as a message, and the peer receives 1007.",
                        FrameRules::invalidUtf8),
                RuleCheck.should(
                        "FRAME-01",
                        "A frame without a mask never reaches the hub, and the peer receives 1002.",
                        FrameRules::unmasked),
                RuleCheck.must(
                        "FRAME-02",
                        "A frame with a reserved bit or a reserved opcode never reaches the hub, and the peer receives 1002.",
                        FrameRules::reserved),
                RuleCheck.must(
                        "FRAME-03",
                        "A control frame that is a fragment, or longer than 125 bytes, ends the connection with 1002.",
                        FrameRules::brokenControlFrames),
                RuleCheck.must(
                        "FRAME-04",
                        "A continuation of nothing, and a new message within another, end the connection with 1002.",
                        FrameRules::brokenSequences),
                RuleCheck.should(
                        "FRAME-05",
                        "What ends a connection with 1002 or 1007 is reported to the hub with the same code.",
                        FrameRules::reportedCodes));
    }

    private static void invalidUtf8(Trial trial) throws Exception {
        expectEnd(trial, INVALID_TEXT, RawFrame.of(RawFrame.TEXT, (byte) 0xc3, (byte) 0x28));
        byte[] surrogate = {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80};
        expectEnd(trial, INVALID_TEXT, RawFrame.of(RawFrame.TEXT, surrogate));
        byte[] overlong = {(byte) 0xc0, (byte) 0xaf};
        expectEnd(trial, INVALID_TEXT, RawFrame.of(RawFrame.TEXT, overlong));
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        expectEnd(trial, INVALID_TEXT, RawFrame.of(RawFrame.TEXT, euro[0], euro[1]));
        expectEnd(
                trial,
                INVALID_TEXT,
                RawFrame.part(RawFrame.TEXT, false, new byte[] {euro[0]}),
                RawFrame.part(RawFrame.CONTINUATION, true, new byte[] {'a'}));
    }

    private static void unmasked(Trial trial) throws Exception {
        Link link = trial.open();
        link.peer().sendUnmasked(RawFrame.text("unmasked"));
        expectEnd(trial, link, PROTOCOL_ERROR);
    }

    private static void reserved(Trial trial) throws Exception {
        byte[] text = "reserved".getBytes(StandardCharsets.UTF_8);
        for (int bits : new int[] {0xc1, 0xa1, 0x91, 0x83, 0x87, 0x8b, 0x8f}) {
            expectEnd(trial, PROTOCOL_ERROR, new RawFrame(bits, text));
        }
    }

    private static void brokenControlFrames(Trial trial) throws Exception {
        expectEnd(trial, PROTOCOL_ERROR, RawFrame.part(RawFrame.PING, false, new byte[0]));
        expectEnd(trial, PROTOCOL_ERROR, RawFrame.part(RawFrame.PONG, false, new byte[0]));
        expectEnd(trial, PROTOCOL_ERROR, RawFrame.of(RawFrame.PING, new byte[126]));
        expectEnd(trial, PROTOCOL_ERROR, RawFrame.of(RawFrame.PONG, new byte[126]));
    }

    private static void brokenSequences(Trial trial) throws Exception {
        expectEnd(trial, PROTOCOL_ERROR, RawFrame.of(RawFrame.CONTINUATION, (byte) 'a'));
        expectEnd(
                trial,
                PROTOCOL_ERROR,
                RawFrame.part(RawFrame.TEXT, false, new byte[] {'a'}),
                RawFrame.of(RawFrame.TEXT, (byte) 'b'));
    }

    private static void reportedCodes(Trial trial) throws Exception {
        expectReport(trial, INVALID_TEXT, RawFrame.of(RawFrame.TEXT, (byte) 0xc3, (byte) 0x28));
        expectReport(trial, PROTOCOL_ERROR, new RawFrame(0xc1, new byte[] {'a'}));
        expectReport(trial, PROTOCOL_ERROR, RawFrame.of(3, (byte) 'a'));
        expectReport(trial, PROTOCOL_ERROR, RawFrame.of(RawFrame.CONTINUATION, (byte) 'a'));
        expectReport(trial, PROTOCOL_ERROR, RawFrame.part(RawFrame.PING, false, new byte[0]));
        expectReport(trial, PROTOCOL_ERROR, RawFrame.of(RawFrame.CLOSE, (byte) 3));
    }

    private static void expectReport(Trial trial, int code, RawFrame frame) throws Exception {
        Link link = trial.open();
        link.peer().send(frame);
        link.peer().answer(link.peer().receiveClose());
        trial.await("onClosed at " + link.place(), link.place()::isEnded);
        trial.equal(
                "the code of the reported end after " + frame,
                code,
                link.place().ends().get(0).code());
    }

    private static void expectEnd(Trial trial, int code, RawFrame... frames) throws Exception {
        Link link = trial.open();
        link.peer().send(frames);
        expectEnd(trial, link, code);
    }

    private static void expectEnd(Trial trial, Link link, int code) throws Exception {
        trial.equal(
                "the code of the close frame", code, link.peer().receiveClose().closeCode());
        trial.await("onClosed at " + link.place(), link.place()::isEnded);
        trial.equal("the messages at the hub", List.of(), link.place().texts());
        link.peer().close();
    }
}
