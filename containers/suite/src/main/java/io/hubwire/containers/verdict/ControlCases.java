// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import static io.hubwire.containers.verdict.FrameCase.action;
import static io.hubwire.containers.verdict.FrameCase.bytes;
import static io.hubwire.containers.verdict.FrameCase.frames;
import static io.hubwire.containers.verdict.FrameCase.part;
import static io.hubwire.testkit.contract.RawFrame.PING;
import static io.hubwire.testkit.contract.RawFrame.PONG;
import static io.hubwire.testkit.contract.RawFrame.TEXT;

import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.util.ArrayList;
import java.util.List;

/** Pings, pongs, broken heads, and ends without a close frame. */
final class ControlCases {
    private static final String BROKEN = "closed 1002 / 1002";
    private static final String LOST = "lost / 1006";

    private ControlCases() {}

    static List<FrameCase> all() {
        List<FrameCase> all = new ArrayList<>(List.of(
                frames("an empty ping", "pong:0 open / 1000", RawFrame.of(PING)),
                frames("the longest ping", "pong:125 open / 1000", RawFrame.of(PING, new byte[125])),
                frames(
                        "three pings",
                        "pong:1 pong:2 pong:3 open / 1000",
                        RawFrame.of(PING, new byte[1]),
                        RawFrame.of(PING, new byte[2]),
                        RawFrame.of(PING, new byte[3])),
                frames("a pong that was not asked for", "open / 1000", RawFrame.of(PONG, (byte) 7)),
                frames("a ping too long", BROKEN, RawFrame.of(PING, new byte[126])),
                frames("a pong too long", BROKEN, RawFrame.of(PONG, new byte[126])),
                frames("a ping in fragments", BROKEN, part(PING, false, "a")),
                frames("a pong in fragments", BROKEN, part(PONG, false, "a")),
                bytes("a ping without a mask", BROKEN, 0x89, 0x00),
                bytes("a length below zero", BROKEN, 0x81, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8)));
        all.addAll(ends());
        for (int bits : new int[] {0x40, 0x20, 0x10, 0x70}) {
            String name = "reserved bits " + Integer.toHexString(bits);
            all.add(frames(name, BROKEN, new RawFrame(0x81 | bits, new byte[] {'a'})));
            all.add(frames(name + " on a ping", BROKEN, new RawFrame(0x89 | bits, new byte[] {'a'})));
        }
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            all.add(frames("opcode " + opcode, BROKEN, RawFrame.of(opcode, (byte) 'a')));
        }
        return all;
    }

    private static List<FrameCase> ends() {
        return List.of(
                action("a lost connection", LOST, RawPeer::close),
                action("a reset", LOST, RawPeer::reset),
                action("a half-close", LOST, RawPeer::halfClose),
                action(
                        "a loss within a head",
                        LOST,
                        peer -> peer.sendBytes(FrameCase.bytesOf(0x81)).close()),
                action(
                        "a loss within a frame",
                        LOST,
                        peer -> peer.sendBytes(FrameCase.bytesOf(0x81, 0x85, 1, 2, 3, 4, 'a'))
                                .close()),
                action(
                        "a loss within a message",
                        LOST,
                        peer -> peer.send(part(TEXT, false, "a")).close()),
                action(
                        "a reset within a message",
                        LOST,
                        peer -> peer.send(part(TEXT, false, "a")).reset()));
    }
}
