// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.EventException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a client answers by itself, by the question's name. Thread-safe. */
final class QuestionAnswers {
    private final Map<String, Function<ReceivedMessage, @Nullable Object>> answers = new ConcurrentHashMap<>();

    void put(String event, Function<ReceivedMessage, @Nullable Object> answer) {
        answers.put(event, answer);
    }

    /** As it travels; empty if nobody has said how this is answered. */
    Optional<String> answerTo(ReceivedMessage question) {
        return Optional.ofNullable(answers.get(question.event())).map(answer -> text(question, answer));
    }

    private static String text(ReceivedMessage question, Function<ReceivedMessage, @Nullable Object> answer) {
        try {
            return ClientJson.answer(question, Optional.ofNullable(answer.apply(question)));
        } catch (EventException e) {
            return ClientJson.refusal(question, e.code(), e.data());
        }
    }
}
