// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubwire.Admission;
import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.spi.Handshake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The application that every golden transcript is played against. Thread-safe. */
final class TranscriptApplication {
    private static final EventType<JsonNode> NOTE = EventType.of("note", JsonNode.class);
    private static final EventType<JsonNode> CURSOR =
            EventType.of("cursor", JsonNode.class).ephemeral();

    private static final RequestType<JsonNode, JsonNode> SLOW = RequestType.of("slow", JsonNode.class, JsonNode.class);

    private static final EventType<JsonNode> PRICE = EventType.of("price", JsonNode.class)
            .latestBy(price -> price.path("lot").asText());
    private static final RequestType<JsonNode, JsonNode> INVITE =
            RequestType.of("invite", JsonNode.class, JsonNode.class);

    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(20);

    private final JsonNode settings;
    private final List<String> handled = new ArrayList<>();
    private final Queue<CompletableFuture<JsonNode>> slow = new ConcurrentLinkedQueue<>();
    private volatile Supplier<Instant> clock = Instant::now;

    TranscriptApplication(JsonNode settings) {
        this.settings = settings;
    }

    /** What tells the time, which begins with the hub. */
    void clock(Supplier<Instant> choice) {
        clock = choice;
    }

    private Instant now() {
        return clock.get();
    }

    HubBuilder wire(HubBuilder hub) {
        if (settings.has("keptAnswerBytes")) {
            hub.codec(new LongAnswers(settings.get("keptAnswerBytes").asInt()));
        }
        return hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .authenticator(this::admit)
                .emits(NOTE, CURSOR, PRICE)
                .outbox(outbox())
                .resume(resume())
                .on("say", JsonNode.class, (client, data) -> began("say", data))
                .onRequest("echo", JsonNode.class, (client, data) -> began("echo", data))
                .onRequestAsync(SLOW, (client, data) -> later(data));
    }

    private Admission admit(Handshake handshake) {
        String token = handshake.token().orElse("");
        return switch (token) {
            case "ann" -> Admission.asUser("ann").name("Ann");
            case "bob" -> Admission.asUser("bob").name("Bob");
            case "ann-90s" -> Admission.asUser("ann").name("Ann").expiresAt(now().plusSeconds(90));
            default -> Admission.refuse(401);
        };
    }

    private OutboxPolicy outbox() {
        OutboxPolicy policy = OutboxPolicy.defaults();
        if (settings.has("outboxMessages")) {
            policy = OutboxPolicy.atMost(settings.get("outboxMessages").asInt(), 1 << 20);
        }
        return settings.has("overflow")
                ? policy.onOverflow(Overflow.valueOf(settings.get("overflow").asText()))
                : policy;
    }

    private ResumePolicy resume() {
        if (!settings.path("resume").asBoolean(true)) {
            return ResumePolicy.disabled();
        }
        return settings.has("resumeMessages")
                ? ResumePolicy.defaults().atMost(settings.get("resumeMessages").asInt(), 256 << 10)
                : ResumePolicy.defaults();
    }

    private JsonNode began(String event, @Nullable JsonNode data) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("event", event);
        if (data != null) {
            call.set("data", data);
        }
        note(call);
        return data == null ? JsonNodeFactory.instance.nullNode() : data;
    }

    private CompletionStage<JsonNode> later(@Nullable JsonNode data) {
        JsonNode unused = began("slow", data);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        slow.add(answer);
        return answer;
    }

    private synchronized void note(JsonNode what) {
        handled.add(what.toString());
    }

    /** What handlers have begun with since this was last asked. */
    synchronized List<String> takeHandled() {
        List<String> taken = List.copyOf(handled);
        handled.clear();
        return taken;
    }

    /** A step of the hub's application. */
    void act(Hub hub, String text) {
        JsonNode step = read(text);
        switch (step.get("application").asText()) {
            case "send" -> send(hub, step);
            case "release" -> oldestSlow().complete(step.get("data"));
            case "ask" -> hub.user("ann").clients().forEach(client -> ask(client, step));
            case "kick" -> hub.user("ann").kick(CloseReason.KICKED);
            case "leave" ->
                hub.user("ann")
                        .clients()
                        .forEach(client -> client.leave(step.get("group").asText()));
            case "drain" -> {
                var unused = hub.shutdown(DRAINED_WITHIN);
            }
            default -> throw notThere(step.get("application").asText());
        }
    }

    private static JsonNode read(String step) {
        try {
            return new JsonMapper().readTree(step);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a step that is not JSON: " + step, e);
        }
    }

    private CompletableFuture<JsonNode> oldestSlow() {
        CompletableFuture<JsonNode> oldest = slow.poll();
        if (oldest == null) {
            throw new AssertionError("no 'slow' waits");
        }
        return oldest;
    }

    private void ask(Client client, JsonNode step) {
        Duration timeout = Duration.ofMillis(step.get("timeoutMs").asLong());
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set("question", step.get("as"));
        var unused = client.ask(INVITE, step.get("data"), timeout).whenComplete((answer, failure) -> {
            if (failure == null) {
                question.set("data", answer);
            } else {
                question.put("failed", reasonOf(failure));
            }
            note(question);
        });
    }

    private static String reasonOf(Throwable failure) {
        return failure instanceof QuestionFailedException failed
                ? failed.reason().name().toLowerCase(Locale.ROOT)
                : failure.toString();
    }

    private static void send(Hub hub, JsonNode step) {
        Audience audience = step.has("group")
                ? hub.group(step.get("group").asText())
                : hub.user(step.path("to").asText("ann"));
        for (JsonNode data : step.get("each")) {
            switch (step.get("event").asText()) {
                case "note" -> audience.send(NOTE, data);
                case "price" -> audience.send(PRICE, data);
                case "cursor" -> audience.send(CURSOR, data);
                default -> throw notThere("the event " + step.get("event").asText());
            }
        }
    }

    private static UnsupportedOperationException notThere(String what) {
        return new UnsupportedOperationException("the hub does not offer this yet: " + what);
    }
}
