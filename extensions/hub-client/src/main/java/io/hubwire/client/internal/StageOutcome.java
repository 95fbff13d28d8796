// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.RequestFailedException;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Completes the stage that the application was given, where callbacks are made. */
final class StageOutcome<A> implements PendingRequest.Outcome {
    private final CompletableFuture<A> future = new CompletableFuture<>();
    private final Dispatch dispatch;
    private final Type answerType;

    StageOutcome(Dispatch dispatch, Type answerType) {
        this.dispatch = dispatch;
        this.answerType = answerType;
    }

    CompletionStage<A> stage() {
        return future; // itself: a copy would wrap each failure
    }

    @Override
    public void answered(Incoming answer) {
        dispatch.call(() -> complete(answer));
    }

    @SuppressWarnings("unchecked") // bound to the request's answer type
    private void complete(Incoming answer) {
        @Nullable Object value;
        try {
            value = answer.body().bind(answerType);
        } catch (RuntimeException | LinkageError misfit) { // also of the application's own mapper
            future.completeExceptionally(RequestFailedException.unreadable(answer, misfit));
            return;
        }
        future.complete((A) value);
    }

    void completed(A value) {
        dispatch.call(() -> future.complete(value));
    }

    @Override
    public void failed(RequestFailedException failure) {
        dispatch.call(() -> future.completeExceptionally(failure));
    }
}
