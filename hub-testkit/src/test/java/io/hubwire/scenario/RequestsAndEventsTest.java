// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.TypeToken;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsAndEventsTest {
    record Say(String text) {}

    private static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    private static final EventType<Void> KNOCK = EventType.of("knock");
    private static final RequestType<Say, Integer> LENGTH = RequestType.of("chat/length", Say.class, Integer.class);
    private static final RequestType<List<Say>, List<String>> TEXTS =
            RequestType.of("chat/texts", new TypeToken<List<Say>>() {}, new TypeToken<List<String>>() {});
    private static final RequestType<Void, String> WHO = RequestType.withoutPayload("who", String.class);
    private static final RequestType<Say, Say> LATER = RequestType.of("chat/later", Say.class, Say.class);
    private static final EventType<Say> LATER_EVENT = EventType.of("chat/later-event", Say.class);

    private final List<String> handled = new ArrayList<>();
    private final CompletableFuture<Say> later = new CompletableFuture<>();
    private final TestHub hub = TestHub.of(this::wire);
    private final TestClient ann = hub.connect("ann");

    private HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping())
                .on(SAY, (client, say) -> handled.add(client.requireUser().id() + " says " + say.text()))
                .on(KNOCK.name(), client -> handled.add("knock"))
                .on("by/name", Say.class, (client, say) -> client.send("by/name", say))
                .onRequest(LENGTH, (client, say) -> say.text().length())
                .onRequest(TEXTS, (client, says) -> says.stream().map(Say::text).toList())
                .onRequest(WHO, (client, nothing) -> client.requireUser().name())
                .onRequest("nothing", Say.class, (client, say) -> null)
                .onRequest("unwritable", Say.class, (client, say) -> new Unwritable())
                .onRequestAsync(LATER, (client, say) -> later)
                .onAsync(LATER_EVENT, (client, say) -> later);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void an_event_reaches_its_handler() {
        ann.send(SAY, new Say("hi"));

        assertThat(handled).containsExactly("ann says hi");
        assertThat(ann).receivedNothing();
    }

    @Test
    void an_event_without_a_payload_reaches_its_handler_and_a_payload_is_ignored() {
        ann.send(KNOCK);
        ann.send("knock", Map.of("loud", true));

        assertThat(handled).containsExactly("knock", "knock");
    }

    @Test
    void an_event_with_an_id_is_answered_without_data() {
        Reply<Object> reply = ann.request(SAY, new Say("hi")).isOk();

        assertThat(reply.message().orElseThrow().hasData()).isFalse();
    }

    @Test
    void a_request_is_answered_with_its_result() {
        assertThat(ann.request(LENGTH, new Say("four")).data()).isEqualTo(4);
    }

    @Test
    void a_request_is_answered_without_an_id_too() {
        ann.send("chat/length", new Say("four"));

        assertThat(ann).received("chat/length", Integer.class).containsExactly(4);
    }

    @Test
    void generic_payloads_and_answers_keep_their_types() {
        assertThat(ann.request(TEXTS, List.of(new Say("a"), new Say("b"))).data())
                .containsExactly("a", "b");
    }

    @Test
    void a_request_may_have_no_payload() {
        assertThat(ann.request(WHO).data()).isEqualTo("ann");
    }

    @Test
    void a_result_of_null_is_an_answer_without_data() {
        Reply<Object> reply = ann.request("nothing", new Say("x")).isOk();

        assertThat(reply.message().orElseThrow().hasData()).isFalse();
    }

    @Test
    void a_result_that_cannot_be_written_is_a_failure_of_the_handler() {
        ann.request("unwritable", new Say("x")).failedWith(ErrorCode.HANDLER_FAILED);
    }

    @Test
    void names_work_wherever_types_do() {
        ann.send("by/name", new Say("echo"));

        assertThat(ann).received("by/name", Say.class).containsExactly(new Say("echo"));
    }

    @Test
    void an_asynchronous_request_is_answered_when_its_stage_completes() {
        Reply<Say> reply = ann.request(LATER, new Say("x")).isUnanswered();

        later.complete(new Say("done"));
        hub.settle();

        assertThat(reply.data()).isEqualTo(new Say("done"));
    }

    @Test
    void an_asynchronous_event_holds_its_client_s_lane_until_its_stage_completes() {
        ann.send(LATER_EVENT, new Say("x"));
        ann.send(SAY, new Say("after"));
        assertThat(handled).isEmpty();

        later.complete(new Say("done"));
        hub.settle();

        assertThat(handled).containsExactly("ann says after");
    }

    @Test
    void another_client_is_not_held_back() {
        TestClient bob = hub.connect("bob");
        ann.send(LATER_EVENT, new Say("x"));

        bob.send(SAY, new Say("hi"));

        assertThat(handled).containsExactly("bob says hi");
    }

    @Test
    void ping_is_answered_while_the_client_s_lane_is_held() {
        ann.send(LATER_EVENT, new Say("x"));

        ann.request("ping").isOk();
    }

    @Test
    void a_stage_that_fails_fails_its_message() {
        Reply<Say> reply = ann.request(LATER, new Say("x"));

        later.completeExceptionally(ErrorCode.FORBIDDEN.exception());
        hub.settle();

        reply.failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void a_stage_may_be_completed_by_another_thread() throws InterruptedException {
        Reply<Say> reply = ann.request(LATER, new Say("x"));
        Thread other = new Thread(() -> later.complete(new Say("from afar")));

        other.start();
        hub.settleUntil(() -> reply.message().isPresent());
        other.join();

        assertThat(reply.data()).isEqualTo(new Say("from afar"));
    }

    @Test
    void messages_of_one_client_are_handled_in_the_order_of_their_arrival() {
        for (int i = 0; i < 50; i++) {
            ann.send(SAY, new Say("" + i));
        }

        assertThat(handled).hasSize(50).startsWith("ann says 0", "ann says 1").endsWith("ann says 49");
    }

    @Test
    void a_name_is_registered_once() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TestHub.of(builder -> wire(builder).on("knock", client -> {})))
                .withMessageContaining("knock");
    }

    @Test
    void registration_is_over_when_the_hub_has_started() {
        assertThatIllegalStateException().isThrownBy(() -> hub.hub().events().on("late", client -> {}));
    }

    @Test
    void a_reserved_name_cannot_be_registered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hub.builder().on("hub/mine", client -> {}))
                .withMessageContaining("hub/mine");
    }

    @Test
    void a_send_by_name_of_another_class_than_was_declared_is_refused() {
        try (TestHub strict = TestHub.of(builder -> builder.emits(SAY))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> strict.hub().all().send("chat/say", 7))
                    .withMessageContaining("chat/say");
        }
    }

    @Test
    void the_hub_shows_its_events() {
        assertThat(hub.hub().events().find("chat/length")).hasValueSatisfying(route -> {
            assertThat(route.isRequest()).isTrue();
            assertThat(route.payloadType()).isEqualTo(Say.class);
        });
        assertThat(hub.hub().events().find("no/such")).isEmpty();
    }

    /** Has no properties that can be read. */
    static final class Unwritable {
        public String getText() {
            throw new IllegalStateException("cannot be read");
        }
    }
}
