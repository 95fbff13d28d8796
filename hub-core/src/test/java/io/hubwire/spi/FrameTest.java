// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    /** Around every border of the encoding. */
    private static final int[] BORDERS = {
        0, 1, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff
    };

    @RepeatedTest(20)
    void knows_its_length_on_the_wire_and_is_always_well_formed(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            String text = randomText(random);
            Frame frame = Frame.of(text);

            assertThat(frame.utf8()).isEqualTo(text.getBytes(UTF_8));
            assertThat(frame.utf8Length()).isEqualTo(text.getBytes(UTF_8).length);
            assertThat(Frame.isWellFormed(frame.text())).isTrue();
            assertThat(Frame.isWellFormed(text)).isEqualTo(canBeEncoded(text));
            if (canBeEncoded(text)) {
                assertThat(frame.text()).isSameAs(text);
                assertThat(Frame.utf8Length(text)).isEqualTo(frame.utf8Length());
            }
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : BORDERS[random.nextInt(BORDERS.length)];
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static boolean canBeEncoded(String text) {
        try {
            UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException lone) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00b", "a\ud800b", "\ud800\ud800\udc00", "\udc00\ud800"})
    void a_lone_surrogate_becomes_a_question_mark(String text) {
        Frame frame = Frame.of(text);

        assertThat(frame.text()).contains("?");
        assertThat(frame.utf8Length()).isEqualTo(frame.utf8().length);
    }

    @Test
    void is_its_text() {
        assertThat(Frame.of("{}").text()).isEqualTo("{}");
        assertThat(Frame.of("{}")).hasToString("{}");
        assertThat(Frame.of("").utf8Length()).isZero();
    }
}
