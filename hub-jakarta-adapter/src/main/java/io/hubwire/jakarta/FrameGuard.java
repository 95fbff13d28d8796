// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.nio.ByteBuffer;

/**
 * Reads along what one client sends, and mends it for a container that lets too much pass: frames without a mask become
 * a frame that breaks the protocol for every reader, and long frames become fragments, so that nobody has to keep a
 * whole one. For one thread at a time.
 *
 * <p>Payloads stay as they are. A mask is four bytes long and repeats, so fragments whose length is a multiple of four
 * share that of the frame which they come from.
 */
final class FrameGuard {
    /** The longest piece of a frame that is passed on; a multiple of four that fits into sixteen bits. */
    static final int PIECE = 32 << 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int CONTINUATION = 0x0;
    private static final int CLOSE = 0x8;
    private static final int FIRST_CONTROL_OPCODE = 0x8;
    private static final int LONGEST_CONTROL_PAYLOAD = 125;
    private static final int MASK_BYTES = 4;
    private static final int LONGEST_HEADER = 14;
    private static final int TWO_LENGTH_BYTES = 126;
    private static final int EIGHT_LENGTH_BYTES = 127;

    /** An empty text frame with all reserved bits set (RFC 6455 §5.2: the connection must then fail). */
    private static final byte[] ILLEGAL = {(byte) 0xF1, (byte) 0x80, 0, 0, 0, 0};

    private final byte[] header = new byte[LONGEST_HEADER];
    private int headerLength;
    private int maskAt;
    private long frameLeft;
    private int pieceLeft;
    private volatile boolean hasSeenClose;
    private volatile boolean isClosed;

    /** Whether the client has begun a close frame, behind which nothing may come. May be asked by any thread. */
    boolean hasSeenClose() {
        return hasSeenClose;
    }

    /** From now on nothing passes. May be called by any thread. */
    void close() {
        isClosed = true;
    }

    /** What to pass on of what has arrived; parts of a frame's header are kept back until it is complete. */
    ByteBuffer pass(ByteBuffer arrived) {
        int most = LONGEST_HEADER + arrived.remaining() + (arrived.remaining() / PIECE + 2) * LONGEST_HEADER;
        ByteBuffer passed = ByteBuffer.allocate(most);
        while (!isClosed && arrived.hasRemaining()) {
            if (pieceLeft > 0) {
                copyPiece(arrived, passed);
            } else {
                readHeader(arrived.get(), passed);
            }
        }
        return passed.flip();
    }

    private void copyPiece(ByteBuffer arrived, ByteBuffer passed) {
        int count = Math.min(pieceLeft, arrived.remaining());
        passed.put(arrived.slice(arrived.position(), count));
        arrived.position(arrived.position() + count);
        pieceLeft -= count;
        if (pieceLeft == 0 && frameLeft > 0) {
            beginPiece(CONTINUATION, passed);
        }
    }

    private void readHeader(byte next, ByteBuffer passed) {
        header[headerLength++] = next;
        if (headerLength < 2) {
            return;
        }
        if ((header[1] & MASKED) == 0) {
            refuse(passed);
        } else if (headerLength == 2 + lengthBytes() + MASK_BYTES) {
            beginFrame(passed);
        }
    }

    private void refuse(ByteBuffer passed) {
        passed.put(ILLEGAL);
        close();
    }

    private int lengthCode() {
        return header[1] & ~MASKED & 0xFF;
    }

    private int lengthBytes() {
        return switch (lengthCode()) {
            case TWO_LENGTH_BYTES -> Short.BYTES;
            case EIGHT_LENGTH_BYTES -> Long.BYTES;
            default -> 0;
        };
    }

    private long payloadLength() {
        return switch (lengthBytes()) {
            case Short.BYTES -> Short.toUnsignedLong(ByteBuffer.wrap(header).getShort(2));
            case Long.BYTES -> ByteBuffer.wrap(header).getLong(2);
            default -> lengthCode();
        };
    }

    private void beginFrame(ByteBuffer passed) {
        frameLeft = payloadLength();
        maskAt = headerLength - MASK_BYTES;
        if ((header[0] & OPCODE) == CLOSE) {
            hasSeenClose = true;
        }
        boolean isControl = (header[0] & OPCODE) >= FIRST_CONTROL_OPCODE;
        if (frameLeft < 0 || (isControl && frameLeft > LONGEST_CONTROL_PAYLOAD)) {
            refuse(passed);
        } else if (frameLeft <= PIECE) {
            passed.put(header, 0, headerLength);
            pieceLeft = (int) frameLeft;
            frameLeft = 0;
        } else {
            beginPiece(header[0] & OPCODE, passed);
        }
        headerLength = 0;
    }

    /** Makes a fragment of the next part of a long frame; the last one ends what the frame ended. */
    private void beginPiece(int opcode, ByteBuffer passed) {
        pieceLeft = (int) Math.min(frameLeft, PIECE);
        frameLeft -= pieceLeft;
        int flags = header[0] & ~OPCODE;
        passed.put((byte) (opcode | (frameLeft == 0 ? flags : flags & ~FIN)));
        if (pieceLeft < TWO_LENGTH_BYTES) {
            passed.put((byte) (MASKED | pieceLeft));
        } else {
            passed.put((byte) (MASKED | TWO_LENGTH_BYTES)).putShort((short) pieceLeft);
        }
        passed.put(header, maskAt, MASK_BYTES);
    }
}
