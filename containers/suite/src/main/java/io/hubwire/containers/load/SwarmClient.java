// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import io.hubwire.testkit.contract.RawFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link RawSwarm}. Any thread may send and change how it reads; all reading is the swarm's. A message is expected to be
 * one frame, and a frame to be shorter than 64 KiB.
 */
final class SwarmClient {
    private static final int LONGEST_HEAD = 4;
    private static final byte[] NOTHING = {};

    private enum Reading {
        FAST,
        SLOW,
        STOPPED
    }

    private final int number;
    private final SocketChannel channel;
    private final RawSwarm.Listener listener;

    /** What was read of a frame that is not complete; the swarm's thread only. */
    private byte[] rest;

    private volatile Reading reading = Reading.FAST;
    private volatile @Nullable SelectionKey key;
    private volatile long pauseNanos;
    private long readAgainAt;
    private volatile int closeCode;
    private volatile boolean isEnded;
    private volatile int pings;

    SwarmClient(int number, SocketChannel channel, byte[] behindReply, RawSwarm.Listener listener) {
        this.number = number;
        this.channel = channel;
        this.rest = behindReply;
        this.listener = listener;
    }

    int number() {
        return number;
    }

    /** The code of the close frame that it received, 0 while there is none. */
    int closeCode() {
        return closeCode;
    }

    /** Whether the server has ended the connection, or nothing can be read from it any more. */
    boolean isEnded() {
        return isEnded;
    }

    /** How many pings it has answered. */
    int pings() {
        return pings;
    }

    void send(String text) {
        write(RawFrame.text(text));
    }

    /** Reads nothing any more. */
    void stopReading() {
        reading = Reading.STOPPED;
        watch();
    }

    /** Reads again as fast as it can. */
    void goOnReading() {
        reading = Reading.FAST;
        watch();
    }

    void readSlowly(Duration pause) {
        pauseNanos = pause.toNanos();
        reading = Reading.SLOW;
        watch();
    }

    /** One thread at a time, so that it is the last way to read that counts, even if it is changed while the client arrives. */
    private synchronized void watch() {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOps(reading == Reading.FAST ? SelectionKey.OP_READ : 0);
            registered.selector().wakeup();
        }
    }

    void arrive(Selector selector, ByteBuffer shared) {
        try {
            key = channel.register(selector, 0, this);
            watch();
            shared.clear().put(rest).flip();
            takeFrames(shared);
        } catch (IOException e) {
            end();
        }
    }

    /** Reads what is there. */
    void read(ByteBuffer shared) {
        if (reading != Reading.FAST || isEnded) {
            return;
        }
        read(shared, shared.capacity());
    }

    /** Reads the rest of one frame, if its time has come. */
    void readSlow(ByteBuffer shared) {
        if (reading != Reading.SLOW || isEnded || System.nanoTime() < readAgainAt) {
            return;
        }
        boolean isFrameOver = false;
        for (int part = 0; part < 3 && !isFrameOver && !isEnded; part++) {
            int before = rest.length;
            read(shared, missing());
            isFrameOver = before > 0 && rest.length == 0;
        }
        if (isFrameOver) {
            readAgainAt = System.nanoTime() + pauseNanos;
        }
    }

    /** How many bytes the frame, or its head, still needs. */
    private int missing() {
        ByteBuffer seen = ByteBuffer.wrap(rest);
        if (rest.length < 2) {
            return 2 - rest.length;
        }
        int total = frameLength(seen);
        return (total < 0 ? LONGEST_HEAD : total) - rest.length;
    }

    private void read(ByteBuffer shared, int most) {
        try {
            shared.clear().put(rest).limit(Math.min(shared.capacity(), rest.length + most));
            int count = channel.read(shared);
            shared.flip();
            takeFrames(shared);
            if (count < 0) {
                end();
            }
        } catch (IOException e) { // reset
            end();
        }
    }

    private void takeFrames(ByteBuffer buffer) throws IOException {
        for (int total = frameLength(buffer); total > 0 && total <= buffer.remaining(); total = frameLength(buffer)) {
            takeFrame(buffer, total);
        }
        rest = buffer.hasRemaining() ? Arrays.copyOfRange(buffer.array(), buffer.position(), buffer.limit()) : NOTHING;
    }

    /** The length of the frame at the buffer's position, with its head; -1 if too little of it is there to tell. */
    private static int frameLength(ByteBuffer buffer) {
        if (buffer.remaining() < 2) {
            return -1;
        }
        int length = buffer.get(buffer.position() + 1) & 0x7f;
        if (length < 126) {
            return 2 + length;
        }
        if (length == 127) {
            throw new IllegalStateException("a frame of 64 KiB or more");
        }
        return buffer.remaining() < LONGEST_HEAD
                ? -1
                : LONGEST_HEAD + (buffer.getShort(buffer.position() + 2) & 0xffff);
    }

    private void takeFrame(ByteBuffer buffer, int total) throws IOException {
        int next = buffer.position() + total;
        int limit = buffer.limit();
        int firstByte = buffer.get(buffer.position()) & 0xff;
        buffer.position(buffer.position() + (buffer.get(buffer.position() + 1) == 126 ? LONGEST_HEAD : 2));
        buffer.limit(next);
        take(firstByte, buffer);
        buffer.limit(limit).position(next);
    }

    private void take(int firstByte, ByteBuffer payload) throws IOException {
        switch (firstByte) {
            case 0x80 | RawFrame.TEXT -> listener.onText(this, payload);
            case 0x80 | RawFrame.PING -> {
                pings++;
                write(RawFrame.of(RawFrame.PONG, bytes(payload)));
            }
            case 0x80 | RawFrame.CLOSE -> {
                RawFrame close = RawFrame.of(RawFrame.CLOSE, bytes(payload));
                closeCode = close.closeCode();
                write(close);
            }
            default -> throw new IllegalStateException("frame with first byte " + firstByte);
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    private synchronized void write(RawFrame frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame.masked());
        try {
            for (int i = 0; bytes.hasRemaining(); i++) {
                if (i == 1_000_000) {
                    throw new IllegalStateException("the server does not read from client " + number);
                }
                channel.write(bytes);
            }
        } catch (IOException e) {
            if (!isEnded) {
                end();
            }
        }
    }

    /** Ends the connection without a close frame. */
    void end() {
        isEnded = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
