// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a client does on a connection of its own, and what must come of it.
 *
 * @param name says what it is
 * @param action what the client does
 * @param isProbed whether the client then sends an event, to see if the connection is still good
 * @param verdict what the client receives and how its connection ends ({@code open} if it does not, and is then closed with
 *     1000); behind a slash, what the application is told: events, and the code of the end
 */
record FrameCase(String name, Action action, boolean isProbed, String verdict) {
    /** What a client does; it may fail when the server has had enough. */
    @FunctionalInterface
    interface Action {
        void on(RawPeer peer) throws IOException;
    }

    static FrameCase frames(String name, String verdict, RawFrame... frames) {
        return new FrameCase(name, peer -> peer.send(frames), true, verdict);
    }

    static FrameCase text(String name, String verdict, String text) {
        return frames(name, verdict, RawFrame.text(text));
    }

    static FrameCase bytes(String name, String verdict, int... bytes) {
        byte[] all = bytesOf(bytes);
        return new FrameCase(name, peer -> peer.sendBytes(all), true, verdict);
    }

    static FrameCase action(String name, String verdict, Action action) {
        return new FrameCase(name, action, false, verdict);
    }

    /** Bytes, written as numbers of 0 to 255. */
    static byte[] bytesOf(int... numbers) {
        byte[] all = new byte[numbers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) numbers[i];
        }
        return all;
    }

    /** A part of a text message. */
    static RawFrame part(int opcode, boolean isLast, String text) {
        return RawFrame.part(opcode, isLast, RawFrame.text(text).payload());
    }

    /** As many frames alike. */
    static RawFrame[] times(int count, RawFrame frame) {
        RawFrame[] frames = new RawFrame[count];
        Arrays.fill(frames, frame);
        return frames;
    }
}
