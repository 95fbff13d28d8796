// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import static io.hubwire.containers.verdict.FrameCase.frames;
import static io.hubwire.containers.verdict.FrameCase.part;
import static io.hubwire.testkit.contract.RawFrame.CLOSE;
import static io.hubwire.testkit.contract.RawFrame.TEXT;

import io.hubwire.testkit.contract.RawFrame;
import java.util.ArrayList;
import java.util.List;

/** Close frames of the client: what is answered, and what the application is told. */
final class CloseCases {
    private static final String BROKEN = "closed 1002 / 1002";

    private CloseCases() {}

    static List<FrameCase> all() {
        List<FrameCase> all = new ArrayList<>(List.of(
                frames("a close with a text", "closed 1000 / 1000", RawFrame.close(1000, "bye ä€😀")),
                frames("a close with the longest text", "closed 4000 / 4000", RawFrame.close(4000, "x".repeat(123))),
                frames("two closes", "closed 4000 / 4000", RawFrame.close(4000, ""), RawFrame.close(4001, "")),
                frames("a text behind a close", "closed 4000 / 4000", RawFrame.close(4000, ""), RawFrame.text("a")),
                frames(
                        "a close within a message",
                        "closed 4000 / 4000",
                        part(TEXT, false, "a"),
                        RawFrame.close(4000, "")),
                frames("a close without a code", "closed 1000 / 1000", RawFrame.of(CLOSE)),
                frames("a close with half a code", BROKEN, RawFrame.of(CLOSE, (byte) 3)),
                frames("a close with a text too long", BROKEN, RawFrame.close(1000, "x".repeat(124))),
                frames("a close in fragments", BROKEN, part(CLOSE, false, "")),
                frames(
                        "a close with a text that is no UTF-8",
                        "closed 1007 / 1007",
                        RawFrame.of(CLOSE, (byte) 3, (byte) 0xe8, (byte) 0xc3, (byte) 0x28))));
        for (int code :
                new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4400, 4999}) {
            all.add(frames("a close with " + code, "closed " + code + " / " + code, RawFrame.close(code, "")));
        }
        for (int code : new int[] {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
            all.add(frames("a close with " + code, BROKEN, RawFrame.close(code, "")));
        }
        return all;
    }
}
