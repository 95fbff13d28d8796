// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that does exactly what it is told and nothing by itself: it reads only when asked to, and answers neither
 * ping nor close. One thread may send while another receives.
 */
public final class RawPeer implements Peer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

    /** The first only calls forth the reset; and a thread that was held up has not asked in vain. */
    private static final int FEWEST_PROBES = 3;

    private final Socket socket;
    private final DataInputStream in;
    private @Nullable HttpReply reply;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        // a small buffer: what is read ahead is taken out of the kernel's window
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
        patience(PATIENCE);
    }

    /** A peer of the server on this port of the loopback interface. */
    public static RawHandshake to(int port) {
        return new RawHandshake(port);
    }

    /** Sends this handshake to the server on this port of the loopback interface; the answer is not waited for. */
    public static RawPeer connect(int port, ClientHandshake handshake) throws IOException {
        return to(port).asking(handshake).send(masked(handshake.behind().toArray(RawFrame[]::new)));
    }

    /** How long a read waits: default 10 s. */
    public RawPeer patience(Duration limit) throws SocketException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        return this;
    }

    @Override
    public HttpReply reply() throws IOException {
        HttpReply known = reply;
        if (known == null) {
            known = HttpReply.readFrom(in);
            reply = known;
        }
        return known;
    }

    /** Sends another handshake on the same connection, after one was refused. */
    public RawPeer tryAgain(RawHandshake handshake) throws IOException {
        reply = null;
        return sendBytes(handshake.bytes());
    }

    /** Sends a text message in one frame. */
    public RawPeer sendText(String text) throws IOException {
        return send(RawFrame.text(text));
    }

    @Override
    public RawPeer send(RawFrame... frames) throws IOException {
        return sendBytes(masked(frames));
    }

    @Override
    public RawPeer sendUnmasked(RawFrame frame) throws IOException {
        return sendBytes(frame.unmasked());
    }

    private static byte[] masked(RawFrame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RawFrame frame : frames) {
            bytes.writeBytes(frame.masked());
        }
        return bytes.toByteArray();
    }

    /** Sends a text in parts of some bytes each, cut wherever it falls. */
    public RawPeer sendInParts(String text, int partBytes) throws IOException {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < all.length; start += partBytes) {
            int end = Math.min(all.length, start + partBytes);
            byte[] part = Arrays.copyOfRange(all, start, end);
            int opcode = start == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION;
            send(RawFrame.part(opcode, end == all.length, part));
        }
        return this;
    }

    /** Sends just these bytes. */
    public RawPeer sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    @Override
    public RawFrame receive() throws IOException {
        reply();
        return RawFrame.readFrom(in);
    }

    /** The next text message, put together from its parts; pings are passed over, without an answer. */
    public String receiveText() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            RawFrame frame = receive();
            if (frame.opcode() == RawFrame.PING) {
                continue;
            }
            if (frame.opcode() > RawFrame.TEXT) {
                throw new IOException("expected text, received " + frame);
            }
            text.writeBytes(frame.payload());
            if (frame.isFinal()) {
                return text.toString(StandardCharsets.UTF_8);
            }
        }
    }

    /** The close frame, after whatever comes before it. */
    public RawFrame receiveClose() throws IOException {
        RawFrame frame = receive();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = receive();
        }
        return frame;
    }

    @Override
    public void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                in.skipNBytes(in.available());
            }
        } catch (EOFException | SocketException e) {
            return; // reset
        }
    }

    /**
     * Writes now and then, since a server that has let go of the connection answers with a reset, and reads nothing: what
     * lies unread stays so.
     */
    @Override
    public boolean isCutWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (int probes = 0; probes < FEWEST_PROBES || System.nanoTime() < deadline; probes++) {
                send(RawFrame.of(RawFrame.PONG));
                LockSupport.parkNanos(PROBE_INTERVAL.toNanos());
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public boolean isQuietFor(Duration time) throws IOException {
        patience(time);
        try {
            in.mark(1);
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            patience(PATIENCE);
        }
    }

    /** Answers a close frame and closes. */
    public void answerClose(RawFrame close) throws IOException {
        send(RawFrame.of(RawFrame.CLOSE, close.payload()));
        close();
    }

    @Override
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
