// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One frame of RFC 6455, good or bad. Immutable and thread-safe, as long as nobody writes to its payload. */
public final class RawFrame {
    /** The opcode of what follows the first fragment of a message. */
    public static final int CONTINUATION = 0;
    /** The opcode of a text message. */
    public static final int TEXT = 1;
    /** The opcode of a binary message. */
    public static final int BINARY = 2;
    /** The opcode of a close frame. */
    public static final int CLOSE = 8;
    /** The opcode of a ping. */
    public static final int PING = 9;
    /** The opcode of a pong. */
    public static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final int firstByte;
    private final byte[] payload;

    /**
     * Any frame at all.
     *
     * @param firstByte the final bit, the three reserved bits, and the opcode
     * @param payload what it carries, not masked; not copied
     */
    public RawFrame(int firstByte, byte[] payload) {
        this.firstByte = firstByte;
        this.payload = payload;
    }

    /** A text message in one frame. */
    public static RawFrame text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole message, or a control frame. */
    public static RawFrame of(int opcode, byte... payload) {
        return new RawFrame(FINAL | opcode, payload);
    }

    /** One part of a message. */
    public static RawFrame part(int opcode, boolean isLast, byte[] payload) {
        return new RawFrame(isLast ? FINAL | opcode : opcode, payload);
    }

    /** A close frame; neither the code nor the length of the text is checked. */
    public static RawFrame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return of(CLOSE, payload);
    }

    static RawFrame readFrom(DataInputStream in) throws IOException {
        int firstByte = in.readUnsignedByte();
        long length = in.readUnsignedByte(); // a server does not mask
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new RawFrame(firstByte, payload);
    }

    /** The final bit, the three reserved bits, and the opcode. */
    public int firstByte() {
        return firstByte;
    }

    /** What it carries, not masked; not copied. */
    public byte[] payload() {
        return payload;
    }

    /** What kind of frame it is: one of the constants here, or what no standard knows. */
    public int opcode() {
        return firstByte & 0x0f;
    }

    /** Whether the message ends with it. */
    public boolean isFinal() {
        return (firstByte & FINAL) != 0;
    }

    /** The payload as UTF-8. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame, 1005 if it has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** The text of a close frame. */
    public String closeText() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** As a client must send it. */
    public byte[] masked() {
        byte[] hidden = payload.clone();
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= MASK[i % 4];
        }
        return header(MASKED, 4).put(MASK).put(hidden).array();
    }

    /** As a client must not send it. */
    public byte[] unmasked() {
        return header(0, 0).put(payload).array();
    }

    private ByteBuffer header(int maskBit, int maskLength) {
        int length = payload.length;
        int extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        ByteBuffer buffer =
                ByteBuffer.allocate(2 + extended + maskLength + length).put((byte) firstByte);
        switch (extended) {
            case 0 -> buffer.put((byte) (maskBit | length));
            case 2 -> buffer.put((byte) (maskBit | 126)).putShort((short) length);
            default -> buffer.put((byte) (maskBit | 127)).putLong(length);
        }
        return buffer;
    }

    @Override
    public String toString() {
        String what = opcode() == CLOSE ? closeCode() + " " + closeText() : payload.length + " bytes";
        return "frame 0x" + Integer.toHexString(firstByte) + ", " + what;
    }
}
