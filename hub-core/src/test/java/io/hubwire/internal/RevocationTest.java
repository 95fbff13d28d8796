// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HandshakeResult.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A user whose credential is not valid any more. */
class RevocationTest {
    private final Set<String> revoked = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final Lobby lobby = Lobby.with(hub -> hub.authenticator(handshake -> {
                String user = handshake.token().orElse("");
                return revoked.contains(user) ? Admission.refuse(401) : Admission.asUser(user);
            })
            .onDisconnect((client, reason) -> told.add(client.requireUser().id() + " " + reason.code())));

    private ResumingPeer peer(String user) {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), user);
    }

    private int revoke(String user) {
        revoked.add(user);
        int count = lobby.hub().revokeUser(user);
        lobby.settle();
        return count;
    }

    @Test
    void all_sessions_of_the_user_end_with_4301() {
        ResumingPeer attached = peer("ann").hello();
        ResumingPeer away = peer("ann").hello().drop();
        Visitor classic = lobby.enter("ann");
        ResumingPeer bob = peer("bob").hello();

        assertThat(revoke("ann")).isEqualTo(3);

        assertThat(attached.connection().closes()).containsExactly(CloseReason.CREDENTIALS_REVOKED);
        assertThat(classic.connection().closes()).containsExactly(CloseReason.CREDENTIALS_REVOKED);
        assertThat(lobby.hub().find(away.id())).isEmpty();
        assertThat(lobby.hub().find(bob.id())).isPresent();
        assertThat(told).containsExactly("ann 4301", "ann 4301", "ann 4301");
    }

    @Test
    void what_waits_is_not_sent() {
        RecordingConnection slow = RecordingConnection.deferred();
        Visitor ann = lobby.enter("ann", slow);
        ann.client().send("first", 1);
        ann.client().send("second", 2);

        revoke("ann");
        slow.completeAll(lobby.runtime());

        assertThat(slow.sent()).hasSize(1);
    }

    @Test
    void who_comes_back_with_it_is_refused() {
        ResumingPeer ann = peer("ann").hello();
        String session = ann.session();

        revoke("ann");
        ResumingPeer again = peer("ann").claim(session, 0);

        assertThat(again.connection().closes()).containsExactly(CloseReason.UNAUTHENTICATED);
        assertThat(again.hellos()).isZero();
        assertThat(Door.refused(lobby.hub(), BareHandshake.of("ann"))).isEqualTo(401);
    }

    @Test
    void a_session_does_not_survive_it_for_another_credential() {
        ResumingPeer ann = peer("ann").hello();
        revoke("ann");
        revoked.clear();

        lobby.advance(Duration.ofMillis(1));
        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isFalse();
        assertThat(ann.hello(1).get("reason").asText()).isEqualTo("unknown");
    }

    @Test
    void a_decision_that_was_made_before_it_comes_to_nothing() {
        RecordingConnection late = RecordingConnection.inline();
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));

        assertThat(revoke("ann")).isZero();
        place.open(late);
        lobby.settle();

        assertThat(late.closes()).containsExactly(CloseReason.CREDENTIALS_REVOKED);
        assertThat(lobby.hub().online().list()).isEmpty();
    }

    @Test
    void a_decision_that_is_made_behind_it_is_none_of_its_business() {
        revoke("ann");
        revoked.clear();
        lobby.advance(Duration.ofMillis(1));

        Visitor ann = lobby.enter("ann");

        assertThat(ann.connection().closes()).isEmpty();
        assertThat(ann.client().isConnected()).isTrue();
    }

    @Test
    void of_a_user_who_is_not_here_there_is_nothing_to_end() {
        assertThat(revoke("nobody")).isZero();
    }
}
