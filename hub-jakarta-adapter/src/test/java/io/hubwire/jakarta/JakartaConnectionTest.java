// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.jakarta.OddSession.Sending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JakartaConnectionTest {
    private final List<@Nullable Throwable> completions = new ArrayList<>();

    @Test
    void a_send_that_completes_at_once_completes_once() {
        send(new OddSession(Sending.COMPLETES_AT_ONCE));

        assertThat(completions).containsOnlyNulls().hasSize(1);
    }

    @Test
    void a_send_that_fails_says_why_whether_it_is_reported_or_thrown() {
        send(new OddSession(Sending.FAILS_AT_ONCE));
        send(new OddSession(Sending.THROWS));

        assertThat(completions).hasSize(2).doesNotContainNull();
        assertThat(completions.get(0)).hasMessage("broken");
        assertThat(completions.get(1)).hasMessage("busy");
    }

    @Test
    void what_a_completion_throws_does_not_reach_the_container() {
        JakartaConnection connection = new JakartaConnection(new OddSession(Sending.COMPLETES_AT_ONCE).session());

        connection.send(Frame.of("text"), failure -> {
            completions.add(failure);
            throw new IllegalStateException("a fault of the hub");
        });

        assertThat(completions).hasSize(1);
    }

    @Test
    void an_abort_fails_the_send_that_the_container_forgot() {
        OddSession odd = new OddSession(Sending.NEVER_COMPLETES);
        JakartaConnection connection = send(odd);
        assertThat(completions).isEmpty();

        connection.abort();
        connection.abort();

        assertThat(completions).hasSize(1).doesNotContainNull();
        assertThat(odd.calls).containsExactly("sendText", "close 1001", "close 1001");
    }

    @Test
    void a_ping_that_cannot_be_sent_is_a_failure() {
        JakartaConnection connection = new JakartaConnection(new OddSession(Sending.COMPLETES_AT_ONCE).session());

        assertThatThrownBy(connection::ping)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("sendPing");
    }

    @Test
    void a_normal_close_behind_a_send_in_flight_says_going_away() {
        OddSession odd = new OddSession(Sending.NEVER_COMPLETES);

        send(odd).close(CloseReason.NORMAL);
        new JakartaConnection(odd.session()).close(CloseReason.NORMAL);

        assertThat(odd.calls).containsExactly("sendText", "close 1001", "close 1000");
    }

    @Test
    void a_containers_own_way_to_abort_is_taken_where_there_is_one() {
        OddSession jetty = new OddSession(Sending.COMPLETES_AT_ONCE);
        OddSession undertow = new OddSession(Sending.COMPLETES_AT_ONCE);

        new JakartaConnection(jetty.session(OddSession.WithAbort.class)).abort();
        new JakartaConnection(undertow.session(OddSession.WithForceClose.class)).abort();

        assertThat(jetty.calls).containsExactly("abort");
        assertThat(undertow.calls).containsExactly("forceClose");
    }

    private JakartaConnection send(OddSession odd) {
        JakartaConnection connection = new JakartaConnection(odd.session());
        connection.send(Frame.of("text"), completions::add);
        return connection;
    }
}
