// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Handshake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Credentials that expire while a session goes on. A token is a user, a life in seconds, and a role. */
class CredentialExpiryTest {
    private static final String EXPIRING = "hub/auth-expiring";

    private final List<CompletableFuture<Admission>> open = new ArrayList<>();
    private boolean isSlow;
    private final Lobby lobby = Lobby.with(hub -> hub.authenticatorAsync(this::authenticate));

    private CompletionStage<Admission> authenticate(Handshake handshake) {
        if (isSlow) {
            CompletableFuture<Admission> decision = new CompletableFuture<>();
            open.add(decision);
            return decision;
        }
        String[] token = handshake.token().orElse("").split(" ");
        if (token.length < 2) {
            throw ErrorCode.UNAUTHENTICATED.exception();
        }
        Instant expiry = lobby.runtime().now().plusSeconds(Long.parseLong(token[1]));
        Admission admission = Admission.asUser(token[0]).expiresAt(expiry);
        return CompletableFuture.completedFuture(token.length > 2 ? admission.roles(token[2]) : admission);
    }

    private ResumingPeer ann(String token) {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), token).hello();
    }

    private Client client(ResumingPeer peer) {
        return lobby.hub().find(peer.id()).orElseThrow();
    }

    private void pass(ResumingPeer peer, long seconds) {
        lobby.advance(Duration.ofSeconds(seconds));
        lobby.settle();
        peer.read();
    }

    private static String auth(String token, String id) {
        return "{\"event\":\"hub/auth\",\"data\":{\"token\":\"" + token + "\"},\"id\":\"" + id + "\"}";
    }

    private static void pingNow(ResumingPeer peer) {
        peer.send("{\"event\":\"hub/ping\"}");
    }

    @Test
    void a_client_is_asked_for_another_one_a_minute_before() {
        ResumingPeer ann = ann("ann 100000");
        Lobby quiet = lobby;
        for (int i = 0; i < 3; i++) {
            pass(ann, 10);
            pingNow(ann);
        }
        assertThat(quiet.hub().find(ann.id())).isPresent();
        assertThat(ann.connection().sent()).noneMatch(frame -> frame.contains(EXPIRING));

        ResumingPeer bob = ann("bob 121");
        pass(bob, 30);
        pingNow(bob);
        pass(bob, 30);
        assertThat(bob.connection().sent()).noneMatch(frame -> frame.contains(EXPIRING));
        pingNow(bob);
        pass(bob, 1);
        assertThat(bob.receivedUncounted().get(bob.receivedUncounted().size() - 1))
                .isEqualTo("{\"inMs\":60000}");
    }

    @Test
    void of_a_short_life_half_is_left() {
        ResumingPeer ann = ann("ann 20");

        pass(ann, 10);

        assertThat(ann.receivedUncounted()).containsExactly("{\"inMs\":10000}");
    }

    @Test
    void at_the_expiry_the_connection_is_closed_and_the_session_kept() {
        ResumingPeer ann = ann("ann 20");

        pass(ann, 20);

        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
        assertThat(client(ann).isAway()).isTrue();
        ResumingPeer again =
                ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann 20").claim(ann.session(), 0);
        assertThat(again.hello(0).get("resumed").asBoolean()).isTrue();
    }

    @Test
    void another_credential_takes_the_place_of_the_first() {
        ResumingPeer ann = ann("ann 20");
        pass(ann, 10);

        ann.send(auth("ann 25 admin", "7"));
        pass(ann, 11);

        assertThat(ann.connection().sent().get(2))
                .startsWith("{\"event\":\"hub/auth\",\"code\":0")
                .endsWith("\"id\":\"7\"}");
        assertThat(ann.connection().closes()).isEmpty();
        assertThat(client(ann).requireUser().hasRole("admin")).isTrue();
        pass(ann, 14);
        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
    }

    @Test
    void a_resume_with_another_credential_does_so_too() {
        ResumingPeer ann = ann("ann 20");
        ann.drop();

        ResumingPeer again =
                ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann 25 admin").claim(ann.session(), 0);
        pass(again, 21);

        assertThat(again.connection().closes()).isEmpty();
        assertThat(client(again).requireUser().hasRole("admin")).isTrue();
    }

    @Test
    void an_expiry_while_away_costs_nothing() {
        ResumingPeer ann = ann("ann 20");
        ann.drop();

        pass(ann, 30);

        assertThat(client(ann).isAway()).isTrue();
        ResumingPeer again =
                ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann 20").claim(ann.session(), 0);
        assertThat(again.hello(0).get("resumed").asBoolean()).isTrue();
        assertThat(again.receivedUncounted()).isEmpty();
    }

    @Test
    void a_credential_that_is_refused_changes_nothing() {
        ResumingPeer ann = ann("ann 20");

        ann.send(auth("nobody", "7"));

        assertThat(ann.connection().sent().get(1)).contains("\"event\":\"hub/auth\"", "1101", "\"id\":\"7\"");
        assertThat(ann.connection().closes()).isEmpty();
        pass(ann, 20);
        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
    }

    @Test
    void a_credential_of_another_user_ends_the_connection_and_not_the_session() {
        ResumingPeer ann = ann("ann 20");

        ann.send(auth("eve 20", "7"));

        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
        assertThat(client(ann).requireUser().id()).isEqualTo("ann");
        assertThat(client(ann).isAway()).isTrue();
    }

    @Test
    void a_decision_that_takes_too_long_is_an_error() {
        ResumingPeer ann = ann("ann 2000");
        isSlow = true;

        ann.send(auth("ann 20", "7"));
        pass(ann, 11);

        assertThat(ann.connection().sent().get(1)).contains("\"event\":\"hub/auth\"", "1401", "\"id\":\"7\"");
        open.get(0).complete(Admission.asUser("eve"));
        assertThat(ann.connection().closes()).isEmpty();
    }

    @Test
    void one_credential_at_a_time_is_judged() {
        ResumingPeer ann = ann("ann 2000");
        isSlow = true;

        ann.send(auth("ann 20", "7"));
        ann.send(auth("ann 20", "8"));

        assertThat(open).hasSize(1);
        assertThat(ann.connection().sent().get(1)).contains("1200", "\"id\":\"8\"");
        open.get(0).complete(Admission.asUser("ann"));
        lobby.settle();
        assertThat(ann.connection().sent().get(2)).contains("\"code\":0", "\"id\":\"7\"");
    }

    @Test
    void a_message_without_a_token_is_malformed() {
        ResumingPeer ann = ann("ann 20");

        ann.send("{\"event\":\"hub/auth\",\"data\":{\"token\":7},\"id\":\"7\"}");

        assertThat(ann.connection().sent().get(1)).contains("\"event\":\"hub/auth\"", "1002", "\"id\":\"7\"");
    }

    @Test
    void a_classic_session_ends_with_its_credential() {
        RecordingConnection connection = RecordingConnection.inline();
        Door.open(lobby.hub(), BareHandshake.of("ann 20"), connection);
        lobby.settle();

        lobby.advance(Duration.ofSeconds(20));
        lobby.settle();

        assertThat(connection.sent()).isEmpty();
        assertThat(connection.closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
        assertThat(lobby.hub().online().list()).isEmpty();
    }
}
