// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.testkit.contract.RawFrame;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a server makes of a peer's frames, by the letter of RFC 6455. One frame at a time. */
final class FrameReader {
    private static final int LONGEST_CONTROL = 125;
    private static final int RESERVED_BITS = 0x70;
    private static final Set<Integer> CODES_THAT_STAY_HOME = Set.of(1004, 1005, 1006, 1015);

    private final FakePeer peer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private boolean isWithinText;

    FrameReader(FakePeer peer) {
        this.peer = peer;
    }

    synchronized void read(RawFrame frame) {
        boolean isControl = frame.opcode() >= RawFrame.CLOSE;
        if ((frame.firstByte() & RESERVED_BITS) != 0) {
            peer.closeBecause(CloseReason.PROTOCOL_ERROR);
        } else if (isControl && (!frame.isFinal() || frame.payload().length > LONGEST_CONTROL)) {
            peer.closeBecause(CloseReason.PROTOCOL_ERROR);
        } else {
            readKnown(frame);
        }
    }

    private void readKnown(RawFrame frame) {
        switch (frame.opcode()) {
            case RawFrame.TEXT, RawFrame.CONTINUATION -> readText(frame);
            case RawFrame.BINARY -> peer.tellHub(handler -> handler.onViolation(CloseReason.UNSUPPORTED_DATA));
            case RawFrame.CLOSE -> readClose(frame);
            case RawFrame.PING -> peer.arrive(RawFrame.of(RawFrame.PONG, frame.payload()));
            case RawFrame.PONG -> peer.tellHub(ConnectionHandler::onPong);
            default -> peer.closeBecause(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void readText(RawFrame frame) {
        if (isWithinText != (frame.opcode() == RawFrame.CONTINUATION)) {
            peer.closeBecause(CloseReason.PROTOCOL_ERROR);
            return;
        }
        try {
            String part = decode(frame.payload(), frame.isFinal());
            isWithinText = !frame.isFinal();
            boolean isLast = frame.isFinal();
            peer.tellHub(handler -> handler.onText(part, isLast));
        } catch (CharacterCodingException e) {
            peer.closeBecause(CloseReason.INVALID_TEXT);
        }
    }

    private String decode(byte[] payload, boolean isLast) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + payload.length)
                .put(undecoded)
                .put(payload)
                .flip();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        var result = decoder.decode(bytes, chars, isLast);
        if (result.isError()) {
            result.throwException();
        }
        undecoded = bytes;
        if (isLast) {
            decoder.reset();
            undecoded = ByteBuffer.allocate(0);
        }
        return chars.flip().toString();
    }

    private void readClose(RawFrame frame) {
        byte[] payload = frame.payload();
        if (payload.length == 0) {
            peer.closeBecause(CloseReason.NO_STATUS);
        } else if (payload.length == 1 || !mayBeSent(frame.closeCode())) {
            peer.closeBecause(CloseReason.PROTOCOL_ERROR);
        } else {
            peer.closeBecause(readReason(frame.closeCode(), ByteBuffer.wrap(payload, 2, payload.length - 2)));
        }
    }

    private static boolean mayBeSent(int code) {
        boolean isStandard = code >= 1000 && code <= 1014 && !CODES_THAT_STAY_HOME.contains(code);
        return isStandard || (code >= 3000 && code <= 4999);
    }

    private static CloseReason readReason(int code, ByteBuffer text) {
        try {
            return new CloseReason(
                    code, StandardCharsets.UTF_8.newDecoder().decode(text).toString());
        } catch (CharacterCodingException e) {
            return CloseReason.INVALID_TEXT;
        }
    }
}
