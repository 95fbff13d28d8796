// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.spi.HubObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HubBuilderTest {
    private final HubBuilder builder = Hub.builder().runtime(new ManualRuntime());

    @Test
    void a_mailbox_that_cannot_hold_the_longest_message_fails_the_build() {
        builder.limits(InboundLimits.defaults().messageBytes(2_000).mailbox(64, 1_999));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limits.mailbox.bytes is 1999, allowed is limits.messageBytes (2000) or more");
        assertThatCode(() -> builder.limits(
                                InboundLimits.defaults().messageBytes(2_000).mailbox(64, 2_000))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void a_burst_of_bytes_that_is_less_than_the_longest_message_fails_the_build() {
        builder.limits(InboundLimits.defaults().messageBytes(2_000).bytesPerSecond(100, 1_999));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limits.bytesPerSecond.burst is 1999, allowed is limits.messageBytes (2000) or more");
        assertThatCode(() -> builder.limits(
                                InboundLimits.defaults().messageBytes(2_000).bytesPerSecond(100, 2_000))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void a_budget_of_the_hub_that_cannot_hold_the_longest_message_fails_the_build() {
        builder.limits(InboundLimits.defaults()
                .messageBytes(2 << 20)
                .mailbox(64, 2 << 20)
                .bytesPerSecond(1, 2 << 20)
                .hubBytes((2 << 20) - 1));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limits.hubBytes is 2097151, allowed is limits.messageBytes (2097152) or more");
    }

    @Test
    void modules_are_installed_in_their_order() {
        List<String> installed = new ArrayList<>();

        builder.install(hub -> installed.add("a"), hub -> installed.add("b")).install(hub -> installed.add("c"));

        assertThat(installed).containsExactly("a", "b", "c");
    }

    @Test
    void a_module_that_is_installed_twice_fails_for_its_names() {
        builder.install(StandardEvents.ping());

        assertThatThrownBy(() -> builder.install(StandardEvents.ping()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'ping'");
    }

    @Test
    void events_may_be_registered_until_the_start() {
        Hub hub = builder.build();
        hub.events().on("late", client -> {});

        hub.start();
        hub.start();

        assertThat(hub.events().find("late")).isPresent();
        assertThatThrownBy(() -> hub.events().on("too/late", client -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_send_by_name_is_refused_when_its_data_is_not_what_was_declared() {
        Hub hub = builder.emits(EventType.of("count", Integer.class)).build();

        assertThat(hub.all().send("count", 7).targets()).isZero();
        assertThatThrownBy(() -> hub.all().send("count", "seven")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_setting_that_comes_after_the_hub_was_made_is_refused_whichever_it_is() {
        builder.build();

        List<Consumer<HubBuilder>> late = List.of(
                hub -> hub.install(StandardEvents.ping()),
                hub -> hub.use((invocation, next) -> next.proceed()),
                hub -> hub.authenticator(handshake -> Admission.anonymous()),
                hub -> hub.heartbeat(HeartbeatPolicy.serverPing()),
                hub -> hub.outbox(OutboxPolicy.defaults()),
                hub -> hub.limits(InboundLimits.defaults()),
                hub -> hub.connections(ConnectionLimits.defaults()),
                hub -> hub.login(LoginPolicy.FIRST_ONLY),
                hub -> hub.announceKick(EventType.of("kick")),
                HubBuilder::classicErrorsAsMinusOne,
                hub -> hub.onConnect(client -> {}),
                hub -> hub.onDisconnect((client, reason) -> {}),
                hub -> hub.onJoined("*", (client, group) -> {}),
                hub -> hub.onLeft("*", (client, group) -> {}),
                hub -> hub.onUserOnline(user -> {}),
                hub -> hub.onUserOffline(user -> {}),
                hub -> hub.codec(JacksonCodec.strict()),
                hub -> hub.observer(HubObserver.NONE),
                hub -> hub.runtime(new ManualRuntime()),
                hub -> hub.shutdownGrace(Duration.ofSeconds(1)),
                hub -> hub.on("event", client -> {}),
                hub -> hub.onUnknown(invocation -> {}),
                hub -> hub.emits(EventType.of("news")));

        assertThat(late)
                .allSatisfy(setting -> assertThatThrownBy(() -> setting.accept(builder))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("comes too late"));
    }
}
