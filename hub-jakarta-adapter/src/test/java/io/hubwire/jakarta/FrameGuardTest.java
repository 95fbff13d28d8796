// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int FIN = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final FrameGuard guard = new FrameGuard();

    @Test
    void short_frames_pass_as_they_are() {
        byte[] sent = joined(
                frame(FIN | TEXT, payload(0)),
                frame(FIN | TEXT, payload(125)),
                frame(TEXT, payload(126)),
                frame(FIN, payload(FrameGuard.PIECE)),
                frame(FIN | 0x9, payload(125)));

        assertThat(pass(sent)).isEqualTo(sent);
    }

    @Test
    void frames_pass_however_they_are_cut() {
        byte[] sent = joined(
                frame(FIN | TEXT, payload(3)), frame(FIN | TEXT, payload(70_000)), frame(FIN | BINARY, payload(200)));
        byte[] whole = new FrameGuard().pass(ByteBuffer.wrap(sent)).array();
        Random random = new Random(1);

        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (int start = 0; start < sent.length; ) {
            int end = Math.min(sent.length, start + 1 + random.nextInt(start < 20 ? 1 : 9_000));
            passed.writeBytes(pass(Arrays.copyOfRange(sent, start, end)));
            start = end;
        }

        assertThat(passed.toByteArray()).isEqualTo(Arrays.copyOf(whole, passed.size()));
        assertThat(passed.size()).isEqualTo(sent.length + 2 * 8 - 6); // two more headers of 8, and one shorter by 6
    }

    @Test
    void a_header_is_kept_back_until_it_is_complete() {
        byte[] sent = frame(FIN | TEXT, payload(1));

        assertThat(pass(Arrays.copyOf(sent, 5))).isEmpty();
        assertThat(pass(Arrays.copyOfRange(sent, 5, sent.length))).isEqualTo(sent);
    }

    @Test
    void a_long_frame_becomes_fragments_of_the_same_payload_and_mask() {
        int size = 2 * FrameGuard.PIECE + 100;
        byte[] payload = payload(size);

        byte[] passed = pass(frame(FIN | TEXT, payload));

        byte[] expected = joined(
                frame(TEXT, Arrays.copyOf(payload, FrameGuard.PIECE)),
                frame(0, Arrays.copyOfRange(payload, FrameGuard.PIECE, 2 * FrameGuard.PIECE)),
                frame(FIN, Arrays.copyOfRange(payload, 2 * FrameGuard.PIECE, size)));
        assertThat(passed).isEqualTo(expected);
    }

    @Test
    void a_long_fragment_stays_a_fragment() {
        byte[] passed = pass(frame(TEXT, payload(FrameGuard.PIECE + 1)));

        assertThat(passed)
                .isEqualTo(joined(
                        frame(TEXT, payload(FrameGuard.PIECE)),
                        frame(
                                0,
                                Arrays.copyOfRange(
                                        payload(FrameGuard.PIECE + 1), FrameGuard.PIECE, FrameGuard.PIECE + 1))));
    }

    @Test
    void a_frame_without_a_mask_becomes_one_that_nobody_takes_and_nothing_passes_behind_it() {
        byte[] good = frame(FIN | TEXT, payload(2));

        byte[] passed = pass(joined(good, new byte[] {(byte) (FIN | TEXT), 1, 'a'}, good));

        assertThat(passed).startsWith(good).hasSize(good.length + 6);
        assertThat(passed[good.length] & 0x70).isEqualTo(0x70); // all reserved bits
        assertThat(pass(good)).isEmpty();
    }

    @Test
    void impossible_lengths_are_refused_in_the_same_way() {
        byte[] negative = {(byte) (FIN | TEXT), (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        byte[] longPing = frame(FIN | 0x9, payload(126));

        assertThat(new FrameGuard().pass(ByteBuffer.wrap(negative)).remaining()).isEqualTo(6);
        assertThat(new FrameGuard().pass(ByteBuffer.wrap(longPing)).remaining()).isEqualTo(6);
    }

    @Test
    void a_close_frame_is_noticed() {
        pass(frame(FIN | TEXT, payload(2)));
        assertThat(guard.hasSeenClose()).isFalse();

        pass(frame(FIN | 0x8, payload(2)));
        assertThat(guard.hasSeenClose()).isTrue();
    }

    @Test
    void nothing_passes_a_closed_guard() {
        guard.close();

        assertThat(pass(frame(FIN | TEXT, payload(2)))).isEmpty();
    }

    private byte[] pass(byte[] arrived) {
        ByteBuffer passed = guard.pass(ByteBuffer.wrap(arrived));
        byte[] bytes = new byte[passed.remaining()];
        passed.get(bytes);
        return bytes;
    }

    private static byte[] payload(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i / 7);
        }
        return payload;
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
