// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server's end of one WebSocket connection: as much of RFC 6455 as a client needs, and a cut after so many bytes. */
final class RawHubPeer implements ModelHub.Peer {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;

    private final Socket socket;
    private final boolean isReset;
    private int bytesToWrite;
    private int bytesToRead;
    private @Nullable DataInputStream in;

    RawHubPeer(Socket socket, int bytesToWrite, int bytesToRead) {
        this.socket = socket;
        this.bytesToWrite = bytesToWrite;
        this.bytesToRead = bytesToRead;
        this.isReset = bytesToWrite % 4 == 0;
    }

    void shakeHands(boolean takesSubprotocol) throws IOException {
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String key = "";
        String offered = "";
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).trim();
            key = name.equals("sec-websocket-key") ? value : key;
            offered = name.equals("sec-websocket-protocol") ? value : offered;
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n"
                + (takesSubprotocol ? "Sec-WebSocket-Protocol: " + offered + "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().trim();
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The next text message; null after a close frame. */
    @Nullable
    String read() throws IOException {
        int opcode = in.readUnsignedByte() & 0xF;
        int length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] mask = in.readNBytes(4);
        byte[] body = in.readNBytes(length);
        bytesToRead -= length;
        if (bytesToRead < 0) {
            cut();
        }
        for (int i = 0; i < body.length; i++) {
            body[i] ^= mask[i % 4];
        }
        if (opcode == CLOSE) {
            return null;
        }
        return opcode == TEXT ? new String(body, StandardCharsets.UTF_8) : read();
    }

    @Override
    public void send(String text) {
        try {
            write(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException gone) {
            // the reading side notices
        }
    }

    @Override
    public void close(int code) {
        try {
            write(frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array()));
        } catch (IOException gone) {
            // the reading side notices
        }
    }

    private static byte[] frame(int opcode, byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(body.length + 4);
        frame.put((byte) (0x80 | opcode));
        if (body.length < 126) {
            frame.put((byte) body.length);
        } else {
            frame.put((byte) 126).putShort((short) body.length);
        }
        frame.put(body).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Called by the hub, one at a time. */
    private void write(byte[] frame) throws IOException {
        int fitting = Math.min(frame.length, bytesToWrite);
        bytesToWrite -= fitting;
        socket.getOutputStream().write(frame, 0, fitting);
        if (fitting < frame.length) {
            cut();
        }
    }

    /** With a reset, what is on its way is lost as well; without one, the client gets it and then the end. */
    private void cut() throws IOException {
        if (isReset) {
            socket.setSoLinger(true, 0);
            socket.close();
        } else {
            socket.shutdownOutput();
        }
        throw new EOFException("cut");
    }
}
