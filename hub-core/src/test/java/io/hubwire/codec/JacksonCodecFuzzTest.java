// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Names;
import io.hubwire.spi.Frame;
import io.hubwire.spi.InvalidPayloadException;
import io.hubwire.spi.MalformedMessageException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages that were right once, with a few mutations. */
class JacksonCodecFuzzTest {
    private static final int INPUTS = 200_000;
    private static final int MOST_MUTATIONS = 4;

    record Line(String item, int count, double price) {}

    private static final List<Class<?>> TYPES = List.of(Line.class, Map.class, String.class);

    private static final List<String> SEEDS = List.of(
            "{\"event\":\"ping\"}",
            "{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-17\"}",
            "{\"event\":\"bid\",\"data\":{\"item\":\"a\",\"count\":7,\"price\":1.5e-3},\"x\":[true,false,null]}",
            "{\"event\":\"bid\",\"data\":[{\"item\":\"\\uD83D\\uDE00é😀\",\"count\":-1}],\"id\":\"\\u0041\"}",
            "{\"data\":{\"a\":{\"b\":[[[[1,2],3],\"\\n\"],{}]}},\"event\":\"e/x.y:z-1\"}");

    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\uD800",
            "\ud800",
            "\u0000",
            "\ufeff",
            "null",
            "true",
            "1e999999999",
            "-",
            "0",
            "9".repeat(70),
            "1e-999999999",
            "NaN",
            "//",
            "/*",
            "'",
            " ",
            "\n",
            "\"event\":",
            "[".repeat(40),
            "{\"a\":".repeat(40),
            "\"" + "n".repeat(130) + "\":1,",
            "0,".repeat(200),
            "€",
            "😀");

    private final JacksonCodec codec = JacksonCodec.strict();
    private int misfits;

    @Test
    void only_a_refusal_comes_out_whatever_goes_in() {
        Random random = new Random(20_241_122);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            if (isAccepted(text)) {
                accepted++;
            } else {
                refused++;
            }
        }

        assertThat(accepted).isGreaterThan(INPUTS / 50);
        assertThat(refused).isGreaterThan(INPUTS / 2);
        assertThat(misfits).isPositive();
    }

    private boolean isAccepted(String text) {
        Envelope.FromClient message;
        try {
            message = codec.decode(text);
        } catch (MalformedMessageException refusal) {
            return false;
        } catch (Throwable other) {
            throw new AssertionError("decoding threw on: " + text, other);
        }
        requireSound(message, text);
        return true;
    }

    private void requireSound(Envelope.FromClient message, String text) {
        boolean isSound = Names.isValid(message.event())
                && Frame.isWellFormed(message.payload().text())
                && message.id().map(id -> !id.isEmpty() && id.length() <= 64).orElse(true);
        if (!isSound) {
            throw new AssertionError("accepted: " + text);
        }
        bind(message, TYPES.get(text.length() % TYPES.size()), text);
    }

    private void bind(Envelope.FromClient message, Class<?> type, String text) {
        try {
            codec.bind(message.payload(), type);
        } catch (InvalidPayloadException misfit) {
            misfits++;
        } catch (Throwable other) {
            throw new AssertionError("binding to " + type + " threw on: " + text, other);
        }
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        int mutations = 1 + random.nextInt(MOST_MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            mutate(text, random);
        }
        return text.toString();
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
            case 4 -> text.setLength(at);
            default -> text.insert(at, (char) random.nextInt(Character.MAX_VALUE + 1));
        }
    }
}
