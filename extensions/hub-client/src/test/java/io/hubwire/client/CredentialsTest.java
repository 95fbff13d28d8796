// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.client.FakeSockets.FakeSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private final List<TokenCause> causes = new ArrayList<>();
    private final Queue<String> tokens = new ArrayDeque<>();

    private PlayedHub connected(String... answers) {
        tokens.addAll(List.of(answers));
        PlayedHub hub = new PlayedHub(
                it -> {},
                it -> it.tokenFor(cause -> {
                    causes.add(cause);
                    return CompletableFuture.completedFuture(tokens.remove());
                }));
        hub.begin();
        return hub;
    }

    private static CloseCode last(PlayedHub hub) {
        return hub.states
                .get(hub.states.size() - 1)
                .reason()
                .map(reason -> new CloseCode(reason.code(), reason.text()))
                .orElseThrow();
    }

    private record CloseCode(int code, String text) {}

    @Test
    void asks_for_a_token_before_each_connection() {
        PlayedHub hub = connected("one", "two");

        hub.close(1006);

        assertThat(hub.accept().sent).singleElement().asString().contains("\"token\":\"two\"");
        assertThat(causes).containsExactly(TokenCause.CONNECT, TokenCause.CONNECT);
    }

    @Test
    void a_token_that_fails_is_asked_for_again_later() {
        Queue<CompletionStage<String>> stages = new ArrayDeque<>(List.of(
                CompletableFuture.failedFuture(new IllegalStateException("no login")),
                CompletableFuture.completedFuture("two")));
        PlayedHub hub = new PlayedHub(it -> {}, it -> it.token(stages::remove));

        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
        assertThat(hub.accept().sent).singleElement().asString().contains("\"token\":\"two\"");
    }

    @Test
    void a_token_source_that_throws_is_asked_again_later() {
        PlayedHub hub = new PlayedHub(
                it -> {},
                it -> it.token(() -> {
                    throw new IllegalStateException("no login");
                }));

        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
        assertThat(last(hub).text()).contains("no token");
    }

    @Test
    void a_token_that_never_comes_is_not_waited_for() {
        PlayedHub hub = new PlayedHub(it -> {}, it -> it.token(() -> new CompletableFuture<>()));

        hub.advance(Duration.ofSeconds(29));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.CONNECTING);
        hub.advance(Duration.ofSeconds(1));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    void credentials_that_expire_soon_are_replaced_on_the_same_connection() {
        PlayedHub hub = connected("one", "two");
        hub.takeSent();

        hub.say("{\"event\":\"hub/auth-expiring\",\"data\":{\"inMs\":60000},\"code\":0,\"timestamp\":1}");

        assertThat(hub.takeSent())
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"hub/auth\",\"data\":{\"token\":\"two\"},\"id\":");
        assertThat(causes).containsExactly(TokenCause.CONNECT, TokenCause.EXPIRING);
    }

    @Test
    void a_token_is_asked_for_once_at_a_time_and_is_only_for_its_own_connection() {
        Queue<CompletableFuture<String>> tokens =
                new ArrayDeque<>(List.of(CompletableFuture.completedFuture("one"), new CompletableFuture<>()));
        CompletableFuture<String> late = List.copyOf(tokens).get(1);
        PlayedHub hub = new PlayedHub(
                it -> {},
                it -> it.token(() -> tokens.isEmpty() ? CompletableFuture.completedFuture("three") : tokens.remove()));
        hub.begin();
        hub.say("{\"event\":\"hub/auth-expiring\",\"data\":{\"inMs\":60000},\"code\":0,\"timestamp\":1}");
        hub.say("{\"event\":\"hub/auth-expiring\",\"data\":{\"inMs\":60000},\"code\":0,\"timestamp\":1}");
        assertThat(hub.takeSent()).isEmpty();
        hub.close(1006);
        hub.begin();

        late.complete("two");

        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void with_new_credentials_an_expired_client_comes_back_and_resumes() {
        PlayedHub hub = connected("one", "two");

        hub.close(4300);

        assertThat(hub.accept().sent)
                .containsExactly("{\"event\":\"hub/hello\",\"data\":{\"token\":\"two\","
                        + "\"resume\":{\"session\":\"secret-1\",\"seq\":0}}}");
        assertThat(causes).containsExactly(TokenCause.CONNECT, TokenCause.EXPIRED);
    }

    @Test
    void the_same_token_that_has_expired_ends_the_client() {
        PlayedHub hub = connected("one", "one");

        hub.close(4300);
        hub.advance(Duration.ofSeconds(2));

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(last(hub)).isEqualTo(new CloseCode(4300, "no new credentials"));
        assertThat(hub.sockets.attempts()).isEqualTo(1);
    }

    @Test
    void a_client_that_is_known_without_a_token_comes_back_after_its_credentials_expired() {
        PlayedHub hub = PlayedHub.connected();

        hub.close(4300);

        assertThat(hub.accept().sent).singleElement().asString().contains("secret-1");
    }

    @Test
    void why_a_token_is_needed_is_remembered_until_there_is_one() {
        tokens.add("one");
        PlayedHub hub = new PlayedHub(
                it -> {},
                it -> it.tokenFor(cause -> {
                    causes.add(cause);
                    return tokens.isEmpty()
                            ? CompletableFuture.failedFuture(new IllegalStateException("no login"))
                            : CompletableFuture.completedFuture(tokens.remove());
                }));
        hub.begin();

        hub.close(4301);
        hub.advance(Duration.ofSeconds(1));
        tokens.add("two");

        assertThat(hub.accept().sent).containsExactly("{\"event\":\"hub/hello\",\"data\":{\"token\":\"two\"}}");
        assertThat(causes).startsWith(TokenCause.CONNECT, TokenCause.REVOKED, TokenCause.REVOKED);
    }

    @Test
    void revoked_credentials_are_replaced_once_and_the_session_is_forgotten() {
        PlayedHub hub = connected("one", "two", "three");

        hub.close(4301);
        FakeSocket second = hub.accept();
        assertThat(second.sent).containsExactly("{\"event\":\"hub/hello\",\"data\":{\"token\":\"two\"}}");
        second.closeByHub(4301);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(last(hub).code()).isEqualTo(4301);
    }

    @Test
    void being_greeted_in_between_does_not_make_a_second_revocation_a_first() {
        PlayedHub hub = connected("one", "two", "three");
        hub.close(4301);
        hub.begin();

        hub.close(4301);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void a_connection_that_lasted_in_between_does() {
        PlayedHub hub = connected("one", "two", "three");
        hub.close(4301);
        hub.begin();
        hub.advance(Duration.ofSeconds(5));

        hub.close(4301);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }
}
