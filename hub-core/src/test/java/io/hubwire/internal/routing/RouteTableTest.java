// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.RouteDefinition;
import io.hubwire.RouteDefinition.Dispatch;
import io.hubwire.TypeToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    record Say(String text) {}

    private final RouteTable routes = new RouteTable();

    @Test
    void finds_routes_by_name_and_lists_them_in_the_order_of_registration() {
        routes.on("chat/say", Say.class, (client, say) -> {});
        routes.onRequest(RequestType.of("ask", Say.class, String.class), (client, say) -> "yes");
        routes.on("bye", client -> {});

        assertThat(routes.routes()).extracting(RouteDefinition::name).containsExactly("chat/say", "ask", "bye");
        assertThat(routes.find("ask")).hasValueSatisfying(route -> {
            assertThat(route.isRequest()).isTrue();
            assertThat(route.isAsync()).isFalse();
            assertThat(route.payloadType()).isEqualTo(Say.class);
            assertThat(route).hasToString("request ask");
        });
        assertThat(routes.find("bye"))
                .get()
                .extracting(RouteDefinition::payloadType)
                .isEqualTo(Void.class);
        assertThat(routes.find("nothing")).isEmpty();
    }

    @Test
    void a_name_is_registered_once_whatever_its_payload_and_kind() {
        routes.on("chat/say", Say.class, (client, say) -> {});

        assertThatThrownBy(() -> routes.on("chat/say", String.class, (client, text) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'chat/say'");
        assertThatThrownBy(() -> routes.onRequestAsync(
                        RequestType.of("chat/say", Say.class, String.class),
                        (client, say) -> CompletableFuture.completedFuture("")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(routes.routes()).hasSize(1);
    }

    @Test
    void after_the_start_nothing_can_be_registered() {
        routes.on("before", client -> {});
        routes.close();

        assertThatThrownBy(() -> routes.on("after", client -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started")
                .hasMessageContaining("event after");
        assertThatThrownBy(() -> routes.onUnknown(invocation -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> routes.emits(EventType.of("x"))).isInstanceOf(IllegalStateException.class);
        assertThat(routes.find("before")).isPresent();
        assertThat(routes.find("after")).isEmpty();
    }

    @Test
    void there_is_one_handler_of_unknown_events() {
        routes.onUnknown(invocation -> {});

        assertThatThrownBy(() -> routes.onUnknown(invocation -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void options_are_kept_and_have_safe_defaults() {
        routes.on("plain", client -> {});
        routes.onAsync(
                EventType.of("rich", Say.class),
                (client, say) -> CompletableFuture.completedFuture(""),
                route -> route.allow(client -> true)
                        .allow(client -> false)
                        .validate("text", say -> !say.text().isEmpty())
                        .timeout(Duration.ofSeconds(3))
                        .nonBlocking());

        RouteDefinition plain = routes.find("plain").orElseThrow();
        assertThat(plain.dispatch()).isEqualTo(Dispatch.QUEUED);
        assertThat(plain.timeout()).isEmpty();
        assertThat(plain.permissions()).isEmpty();
        RouteDefinition rich = routes.find("rich").orElseThrow();
        assertThat(rich.dispatch()).isEqualTo(Dispatch.NON_BLOCKING);
        assertThat(rich.timeout()).contains(Duration.ofSeconds(3));
        assertThat(rich.permissions()).hasSize(2);
        assertThat(rich.payloadRules()).extracting(rule -> rule.path()).containsExactly("text");
    }

    @Test
    void what_is_declared_to_be_sent_is_listed_and_may_be_declared_again_alike() {
        EventType<Say> said = EventType.of("said", Say.class);
        EventType<List<Say>> many = EventType.of("many", new TypeToken<List<Say>>() {});

        routes.emits(said, many).emits(EventType.of("said", Say.class));

        assertThat(routes.emitted()).containsExactly(said, many);
        assertThatThrownBy(() -> routes.emits(EventType.of("said", String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'said'")
                .hasMessageContaining("Say");
    }

    @Test
    void a_send_by_name_goes_by_what_was_declared() {
        EventType<Say> said = EventType.of("said", Say.class).ephemeral();
        routes.emits(said, EventType.of("many", new TypeToken<List<Say>>() {}));

        assertThat(routes.typeOf("said", new Say("x"))).isEqualTo(said);
        assertThat(routes.typeOf("many", List.of()).name()).isEqualTo("many");
        assertThat(routes.typeOf("undeclared", 7).name()).isEqualTo("undeclared");
    }

    @Test
    void a_send_by_name_with_data_of_another_class_is_refused() {
        routes.emits(EventType.of("said", Say.class), EventType.of("bare"));

        assertThatThrownBy(() -> routes.typeOf("said", "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'said'")
                .hasMessageContaining("Say")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> routes.typeOf("bare", "text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> routes.typeOf("hub/secret", "text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> routes.typeOf("no spaces", "text")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_send_by_name_of_a_declared_primitive_takes_its_box() {
        routes.emits(EventType.of("count", int.class));

        assertThat(routes.typeOf("count", 7).name()).isEqualTo("count");
    }
}
