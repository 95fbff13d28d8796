// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.TokenCause;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.CloseReason.Advice;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the application for tokens, where callbacks are made. Used from the lane only. */
final class TokenSource {
    private final ClientContext context;
    /** Why the next one is asked for; stays until there is one. */
    private TokenCause cause = TokenCause.CONNECT;

    private String last = "";
    private boolean hasRunOut;
    /** Which connection it is; and for which of them a new token is being asked for. */
    private int connections;

    private int refreshing = -1;

    /** What the application said, brought into the lane. */
    private interface Answer {
        void came(@Nullable String token, @Nullable Throwable failure);
    }

    TokenSource(ClientContext context) {
        this.context = context;
    }

    /** A connection has ended for this reason. */
    void ended(CloseReason reason) {
        connections++;
        if (reason.advice() == Advice.AUTHENTICATE_AGAIN) {
            cause = reason.code() == CloseReason.CREDENTIALS_REVOKED.code() ? TokenCause.REVOKED : TokenCause.EXPIRED;
        }
    }

    /** Whether the application had nothing but the token that the hub does not take any more. */
    boolean hasRunOut() {
        return hasRunOut;
    }

    /** For a new connection: one of the two hears about it, in the lane. */
    void forConnection(Consumer<String> got, Consumer<CloseReason> failed) {
        ask(cause, (token, failure) -> {
            if (failure != null) {
                failed.accept(ClientCloses.lost("no token: " + failure));
                return;
            }
            String next = token == null ? "" : token;
            hasRunOut = cause != TokenCause.CONNECT && !next.isEmpty() && next.equals(last);
            if (hasRunOut) {
                failed.accept(ClientCloses.noNewToken(cause));
                return;
            }
            last = next;
            cause = TokenCause.CONNECT;
            got.accept(next);
        });
    }

    /**
     * For a connection that stays, one at a time. Without one nothing happens: the hub ends it in time, and the next connection asks again,
     * as it does when this one has ended meanwhile.
     */
    void beforeExpiry(Consumer<String> got) {
        int current = connections;
        if (refreshing == current) {
            return;
        }
        refreshing = current;
        ask(TokenCause.EXPIRING, (token, failure) -> {
            if (current != connections) {
                return;
            }
            refreshing = -1;
            if (failure == null && token != null && !token.isEmpty()) {
                last = token;
                got.accept(token);
            }
        });
    }

    private void ask(TokenCause why, Answer answer) {
        context.dispatch().deliver(() -> {
            try {
                CompletionStage<String> stage = context.settings().token().apply(why);
                var unused = stage.whenComplete((token, failure) -> bring(answer, token, failure));
            } catch (RuntimeException failure) {
                bring(answer, null, failure);
            }
        });
    }

    private void bring(Answer answer, @Nullable String token, @Nullable Throwable failure) {
        context.lane().run(() -> answer.came(token, failure));
    }
}
