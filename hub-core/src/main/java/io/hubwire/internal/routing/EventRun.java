// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.CatchAllHandler;
import io.hubwire.Client;
import io.hubwire.Invocation;
import io.hubwire.Middleware;
import io.hubwire.RouteDefinition;
import io.hubwire.RouteDefinition.Dispatch;
import io.hubwire.RouteDefinition.PayloadRule;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Mailbox;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Interruptible;
import io.hubwire.spi.InvalidPayloadException;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One message in its client's lane: middleware, permission, binding, validation, handler, answer.
 *
 * <p>It is answered once: by its result, by its failure, or because its time was over, whichever is first. Then nothing of it begins
 * any more, and the lane is free as soon as nothing of it runs.
 */
final class EventRun implements Mailbox.Job, Invocation {
    private final InboundPipeline pipeline;
    private final ClientSession client;
    private final Envelope.FromClient message;
    private final @Nullable RouteDefinition route;
    private final int bytes;
    private volatile long deadlineNanos = Long.MAX_VALUE;

    @GuardedBy("this")
    private boolean isOver;

    /** Where the handler runs while it may be interrupted. */
    @GuardedBy("this")
    private @Nullable Interruptible handlerThread;

    /** What the lane waits for, if the handler did not complete at once. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<?> lane;

    /** The lane need not wait any more, except for a handler that runs. */
    @GuardedBy("this")
    private boolean isLaneFree;

    /** A handler runs behind middleware, on this thread or wherever that went on. */
    @GuardedBy("this")
    private boolean isInvoking;

    EventRun(
            InboundPipeline pipeline,
            ClientSession client,
            Envelope.FromClient message,
            @Nullable RouteDefinition route,
            int bytes) {
        this.pipeline = pipeline;
        this.client = client;
        this.message = message;
        this.route = route;
        this.bytes = bytes;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public @Nullable CompletionStage<?> run() {
        start();
        Object result;
        try {
            result = isWrapped() ? wrapped(0) : invoke();
        } catch (Throwable failure) { // whatever user code throws, the lane goes on
            leaveThread();
            fail(failure);
            return null;
        }
        leaveThread();
        if (isWrapped() || (route != null && route.isAsync())) {
            CompletableFuture<?> over = await((CompletionStage<?>) result);
            return isOutOfBand() ? null : over; // no lane waits for what is out of band, even if it was queued
        }
        succeed(result);
        return null;
    }

    private boolean isWrapped() {
        return !isOutOfBand() && !pipeline.middleware().isEmpty();
    }

    private boolean isOutOfBand() {
        return route != null && route.dispatch().isOutOfBand();
    }

    /** What is queued; the others promise to be short, and run on a thread of the container. */
    private boolean isInterruptible() {
        return route == null || route.dispatch() == Dispatch.QUEUED;
    }

    private void start() {
        if (!isInterruptible()) {
            return;
        }
        Interruptible thread = pipeline.runtime().current();
        synchronized (this) {
            handlerThread = thread;
        }
        limitTime();
    }

    private void limitTime() {
        deadlineNanos = pipeline.runtime().nanoTime() + limitNanos();
        client.mailbox().watch(this);
    }

    private long limitNanos() {
        Optional<Duration> ownLimit = route == null ? Optional.empty() : route.timeout();
        return ownLimit.map(Duration::toNanos).orElse(pipeline.handlerTimeNanos());
    }

    /** The lane's own look at the time is for the job that runs in it, which this is not. */
    private void limitTimeOutOfBand(CompletionStage<?> over) {
        Cancellable timer;
        try {
            timer = pipeline.runtime().schedule("out-of-band deadline", Duration.ofNanos(limitNanos()), this::timeOut);
        } catch (RejectedExecutionException closed) {
            return; // with its runtime the hub has stopped, and nobody is left to be answered
        }
        over.thenRun(timer::cancel);
    }

    /** From here on the thread is not ours to interrupt, and an interrupt that came is not the next job's. */
    private void leaveThread() {
        boolean wasInterrupted;
        synchronized (this) {
            wasInterrupted = isOver && handlerThread != null;
            handlerThread = null;
        }
        if (wasInterrupted) {
            pipeline.runtime().clearInterrupt();
        }
    }

    @Override
    public void timeOut() {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
            if (handlerThread != null) {
                handlerThread.interrupt();
            }
        }
        pipeline.fail(client, message, ErrorCode.HANDLER_TIMEOUT.exception());
        freeLane();
    }

    private void freeLane() {
        CompletableFuture<?> waiting;
        synchronized (this) {
            isLaneFree = true;
            waiting = isInvoking ? null : lane;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** The lane is held until the stage completes, or its time is over. */
    private @Nullable CompletableFuture<?> await(@Nullable CompletionStage<?> stage) {
        if (stage == null) {
            fail(new NullPointerException("the handler of '" + event() + "' returned null instead of a stage"));
            return null;
        }
        CompletableFuture<@Nullable Object> over = new CompletableFuture<>();
        synchronized (this) {
            if (isOver && !isInvoking) {
                return null;
            }
            lane = over;
        }
        try {
            stage.whenComplete(this::settle);
        } catch (Throwable failure) { // a stage may be of the application's own making
            settle(null, failure);
        }
        if (!over.isDone() && isOutOfBand()) {
            limitTimeOutOfBand(over);
        } else if (!over.isDone() && deadlineNanos == Long.MAX_VALUE) {
            limitTime(); // short as it was, its answer may never come, and the lane waits for it
        }
        pipeline.observeUnfinished(client, event(), over);
        return over;
    }

    private void settle(@Nullable Object result, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                fail(failure);
            } else {
                succeed(result);
            }
        } finally {
            freeLane();
        }
    }

    private void succeed(@Nullable Object result) {
        boolean isAnswered = message.id().isPresent() || (route != null && route.isRequest());
        if (isFirst() && isAnswered) {
            pipeline.answer(client, message, result);
        }
    }

    private void fail(Throwable failure) {
        if (isFirst()) {
            pipeline.fail(client, message, failure);
        }
    }

    private synchronized boolean isFirst() {
        boolean isFirst = !isOver;
        isOver = true;
        return isFirst;
    }

    /** Fails once the message is over: its client's next one may be running. */
    private CompletionStage<@Nullable Object> wrapped(int index) throws Exception {
        List<Middleware> middleware = pipeline.middleware();
        if (isOver()) {
            throw ErrorCode.HANDLER_TIMEOUT.exception();
        }
        if (index == middleware.size()) {
            Object result = invokeWithinLane();
            return result instanceof CompletionStage<?> stage && route != null && route.isAsync()
                    ? stage.thenApply(value -> (Object) value)
                    : CompletableFuture.completedFuture(result);
        }
        return middleware.get(index).handle(this, () -> next(index + 1));
    }

    private CompletionStage<@Nullable Object> next(int index) {
        try {
            return wrapped(index);
        } catch (Throwable failure) { // a middleware sees the failure as it sees an asynchronous one
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Middleware may go on elsewhere and late: nothing begins beside the next message, which waits for what has begun. */
    private @Nullable Object invokeWithinLane() throws Exception {
        boolean isElsewhere = begin();
        try {
            return invoke();
        } finally {
            if (isElsewhere) {
                leaveThread();
            }
            end();
        }
    }

    /** Returns whether it is another thread than the lane's that may be interrupted from now on. */
    private boolean begin() {
        Interruptible thread = pipeline.runtime().current();
        synchronized (this) {
            if (isOver) {
                throw ErrorCode.HANDLER_TIMEOUT.exception();
            }
            isInvoking = true;
            boolean isElsewhere = handlerThread == null && isInterruptible();
            if (isElsewhere) {
                handlerThread = thread;
            }
            return isElsewhere;
        }
    }

    private void end() {
        CompletableFuture<?> waiting;
        synchronized (this) {
            isInvoking = false;
            waiting = isLaneFree ? lane : null;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** The innermost: the handler with its bound payload. */
    private @Nullable Object invoke() throws Exception {
        RouteDefinition known = route;
        if (known == null) {
            return handleUnknown();
        }
        for (Predicate<? super Client> rule : known.permissions()) {
            if (!rule.test(client)) {
                throw ErrorCode.FORBIDDEN.exception();
            }
        }
        Object payload = pipeline.bind(message.payload(), known.payloadType());
        for (PayloadRule rule : known.payloadRules()) {
            if (!isKept(rule, payload)) {
                throw new InvalidPayloadException(
                        rule.path(), "refused by the route's rule for '" + rule.path() + "'", null);
            }
        }
        return known.invoker().invoke(this, payload);
    }

    /** What a client leaves out is null in the payload, so a rule that trips over a null is the client's fault. */
    private static boolean isKept(PayloadRule rule, @Nullable Object payload) {
        try {
            return rule.rule().test(payload);
        } catch (NullPointerException absent) {
            return false;
        }
    }

    private @Nullable Object handleUnknown() throws Exception {
        CatchAllHandler catchAll = pipeline.routes().catchAll();
        if (catchAll == null) {
            throw ErrorCode.UNKNOWN_EVENT.exception();
        }
        catchAll.handle(this);
        return null;
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public String event() {
        return message.event();
    }

    @Override
    public Payload payload() {
        return message.payload();
    }

    @Override
    public Optional<String> id() {
        return message.id();
    }

    @Override
    public boolean isKnown() {
        return route != null;
    }

    @Override
    public boolean leave(String group) {
        return client.quit(group);
    }

    @Override
    public synchronized boolean isOver() {
        return isOver;
    }

    @Override
    @SuppressWarnings("unchecked") // a primitive's own class and its wrapper's have the same type parameter
    public <T> T payloadAs(Class<T> type) {
        Object value = pipeline.bind(message.payload(), type);
        Class<T> wrapper = (Class<T>) MethodType.methodType(type).wrap().returnType();
        return Objects.requireNonNull(wrapper.cast(value));
    }
}
