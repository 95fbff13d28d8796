// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.hub;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.RequestType;
import io.hubwire.protocol.QuestionFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What shows how a connection works: messages to be counted, and a question that the hub asks. */
public final class LiveEvents implements HubModule {
    /** One of several messages to one client. */
    public static final EventType<Tick> TICK = EventType.of("live/tick", Tick.class);
    /** A message that is larger than all that is kept for a client. */
    public static final EventType<String> BULK = EventType.of("live/bulk", String.class);
    /** Asks to be asked {@link #QUESTION}; {@link #HEARD} follows. */
    public static final EventType<Void> ASK_ME = EventType.of("live/ask-me");
    /** What the hub asks. */
    public static final RequestType<Question, String> QUESTION =
            RequestType.of("live/question", Question.class, String.class);
    /** What the hub has heard. */
    public static final EventType<Heard> HEARD = EventType.of("live/heard", Heard.class);
    /** How long a question waits for its answer. */
    public static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    private static final Question DRINK = new Question("What would you like to drink?", List.of("tea", "coffee"));

    /**
     * One of several messages.
     *
     * @param number from 1
     * @param of how many
     */
    public record Tick(int number, int of) {}

    /** A question for a person. */
    public record Question(String text, List<String> choices) {}

    /**
     * What became of a question: one of the two is there.
     *
     * @param answer what the client said
     * @param failure why there is no answer, in small letters
     */
    public record Heard(Optional<String> answer, Optional<String> failure) {}

    @Override
    public void install(HubBuilder hub) {
        hub.on(ASK_ME, (client, nothing) -> ask(client)).emits(TICK, BULK, HEARD);
    }

    /** The answer is heard in its own time, so that the client's other events need not wait for it. */
    private static void ask(Client client) {
        client.ask(QUESTION, DRINK, ANSWER_TIME)
                .whenComplete((answer, failure) -> client.send(HEARD, heard(answer, failure)));
    }

    private static Heard heard(@Nullable String answer, @Nullable Throwable failure) {
        return failure == null
                ? new Heard(Optional.ofNullable(answer), Optional.empty())
                : new Heard(Optional.empty(), Optional.of(reason(failure)));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof QuestionFailedException failed
                ? failed.reason().name().toLowerCase(Locale.ROOT)
                : "error";
    }
}
