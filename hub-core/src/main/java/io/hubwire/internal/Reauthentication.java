// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.User;
import io.hubwire.internal.liveness.CredentialMonitor;
import io.hubwire.internal.routing.CredentialReceiver;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Handshake;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the credentials that clients bring while their sessions go on: a good one takes the place of the last, a bad one changes
 * nothing, and one of another user ends the connection. Thread-safe.
 */
final class Reauthentication {
    private static final String EVENT = "hub/auth";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Authentication authentication;
    private final CredentialMonitor credentials;

    Reauthentication(Authentication authentication, CredentialMonitor credentials) {
        this.authentication = authentication;
        this.credentials = credentials;
    }

    /** For the credentials that come over the connection of this handshake. */
    CredentialReceiver over(Handshake handshake) {
        return (client, token, id) -> begin(client, new HelloHandshake(handshake, Optional.of(token)), id);
    }

    private void begin(ClientSession client, Handshake handshake, @Nullable String id) {
        Resumption resumption = Objects.requireNonNull(client.resumption());
        if (!resumption.beginAuthentication()) {
            fail(client, ErrorCode.RATE_LIMITED, id);
            return;
        }
        authentication.ask(handshake, new Authentication.Outcome() {
            @Override
            public void admitted(Admitted admitted) {
                resumption.endAuthentication();
                renew(client, admitted.admission(), id);
            }

            @Override
            public void refused(int status) {
                resumption.endAuthentication();
                fail(client, codeFor(status), id);
            }
        });
    }

    private void renew(ClientSession client, Admission admission, @Nullable String id) {
        if (!isSameUser(client, admission)) {
            client.end(CloseReason.CREDENTIALS_EXPIRED, Ending.DRAINED);
            return;
        }
        accept(client, admission);
        if (id != null) {
            client.offer(client.context().messages().answer(EVENT, null, id), true);
        }
    }

    /** What an authentication says about a client that has a session already. */
    void accept(ClientSession client, Admission admission) {
        client.renewUser(admission.user());
        credentials.watch(client, admission.expiry());
    }

    static boolean isSameUser(ClientSession client, Admission admission) {
        return client.user().map(User::id).equals(admission.user().map(User::id));
    }

    private static ErrorCode codeFor(int status) {
        return switch (status) {
            case UNAUTHORIZED -> ErrorCode.UNAUTHENTICATED;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            default -> ErrorCode.HANDLER_TIMEOUT;
        };
    }

    private static void fail(ClientSession client, ErrorCode code, @Nullable String id) {
        client.context().observer().failed(client.id(), EVENT, code);
        client.offer(client.context().messages().error(EVENT, code, null, id), true);
    }
}
