// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A peer whose every step is noted, and whose failures say what was expected. Thread-safe as a peer is. */
final class LoggedPeer implements AutoCloseable {
    private final Peer peer;
    private final TrialLog log;
    private final String who;

    LoggedPeer(Peer peer, TrialLog log, String who) {
        this.peer = peer;
        this.log = log;
        this.who = who;
    }

    HttpReply reply() {
        try {
            HttpReply reply = peer.reply();
            log.add(who, "<- HTTP " + reply.status());
            return reply;
        } catch (IOException e) {
            throw broken("an answer to the handshake of " + who, e);
        }
    }

    LoggedPeer sendText(String text) throws IOException {
        log.add(who, "-> text " + Place.brief(text));
        peer.send(RawFrame.text(text));
        return this;
    }

    LoggedPeer send(RawFrame... frames) throws IOException {
        log.add(who, "-> " + (frames.length > 4 ? frames.length + " frames" : Arrays.toString(frames)));
        peer.send(frames);
        return this;
    }

    /** Sends frames again and again; a connection that ends meanwhile is no failure. */
    void flood(String what, int times, RawFrame... frames) {
        log.add(who, "-> " + what);
        try {
            for (int i = 0; i < times; i++) {
                peer.send(frames);
            }
        } catch (IOException e) {
            log.add(who, "could not send all: " + e);
        }
    }

    LoggedPeer sendUnmasked(RawFrame frame) throws IOException {
        log.add(who, "-> unmasked " + frame);
        peer.sendUnmasked(frame);
        return this;
    }

    /** Sends a text in parts of some bytes each, cut wherever it falls. */
    LoggedPeer sendInParts(String text, int partBytes) throws IOException {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        log.add(who, "-> text " + Place.brief(text) + " in parts of " + partBytes + " bytes");
        for (int start = 0; start < all.length; start += partBytes) {
            int end = Math.min(all.length, start + partBytes);
            int opcode = start == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION;
            peer.send(RawFrame.part(opcode, end == all.length, Arrays.copyOfRange(all, start, end)));
        }
        return this;
    }

    /** The next frame of any kind. */
    RawFrame receive() {
        try {
            RawFrame frame = peer.receive();
            log.add(who, "<- " + frame);
            return frame;
        } catch (IOException e) {
            throw broken("a frame at " + who, e);
        }
    }

    /** The next text message, put together from its parts; pings are passed over. */
    String receiveText() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            RawFrame frame = receive();
            if (frame.opcode() == RawFrame.PING) {
                continue;
            }
            if (frame.opcode() > RawFrame.TEXT) {
                throw new BrokenRule("a text at " + who, frame.toString());
            }
            text.writeBytes(frame.payload());
            if (frame.isFinal()) {
                return text.toString(StandardCharsets.UTF_8);
            }
        }
    }

    /** The close frame, after whatever comes before it. */
    RawFrame receiveClose() {
        RawFrame frame = receive();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = receive();
        }
        return frame;
    }

    /** Answers a close frame with the same. */
    void answer(RawFrame close) {
        flood("the same close", 1, RawFrame.of(RawFrame.CLOSE, close.payload()));
    }

    void awaitEnd() {
        try {
            peer.awaitEnd();
            log.add(who, "sees the end");
        } catch (SocketTimeoutException e) {
            throw broken("the end of the connection at " + who, e);
        } catch (IOException e) {
            log.add(who, "sees the end: " + e);
        }
    }

    boolean isQuietFor(Duration time) throws IOException {
        boolean isQuiet = peer.isQuietFor(time);
        log.add(who, isQuiet ? "hears nothing for " + time.toMillis() + " ms" : "hears something");
        return isQuiet;
    }

    boolean isCutWithin(Duration limit) {
        boolean isCut = peer.isCutWithin(limit);
        log.add(who, isCut ? "finds itself cut off" : "is still connected after " + limit.toMillis() + " ms");
        return isCut;
    }

    void halfClose() throws IOException {
        log.add(who, "sends no more");
        peer.halfClose();
    }

    void reset() throws IOException {
        log.add(who, "resets");
        peer.reset();
    }

    @Override
    public void close() throws IOException {
        log.add(who, "is gone without a close frame");
        peer.close();
    }

    private BrokenRule broken(String expected, IOException e) {
        String seen = e instanceof SocketTimeoutException ? "nothing in time" : "the connection ended (" + e + ")";
        BrokenRule broken = new BrokenRule(expected, seen);
        broken.initCause(e);
        return broken;
    }

    @Override
    public String toString() {
        return who;
    }
}
