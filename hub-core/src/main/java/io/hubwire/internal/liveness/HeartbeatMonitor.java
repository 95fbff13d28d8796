// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.HeartbeatPolicy.Silence;
import io.hubwire.HeartbeatPolicy.Step;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges every client's silence when the last step's time is over. One timer serves all clients, and a client that talks costs
 * nothing until then. Thread-safe.
 *
 * <p>When the hub itself was paused, its tick comes late. Then the pause is taken off every silence, once, and for a moment nobody is
 * ended, because what clients sent meanwhile has still to be read: so a long garbage collection or a suspended machine does not end
 * all sessions, and who is dead is still found.
 */
public final class HeartbeatMonitor {
    private static final Logger LOG = System.getLogger(HeartbeatMonitor.class.getName());
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FORGIVING_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final long NEVER = Long.MIN_VALUE;

    private final HubRuntime runtime;
    private final HeartbeatPolicy hubPolicy;
    private final CoarseTimer<Beat> timer;

    /** Nobody is ended before. */
    private volatile long forgivingUntil;

    /** Judges by the hub's policy, unless a client has its own. */
    public HeartbeatMonitor(HubRuntime runtime, HeartbeatPolicy hubPolicy) {
        this.runtime = runtime;
        this.hubPolicy = hubPolicy;
        this.timer = new CoarseTimer<>(runtime, "heartbeat", this::due);
        this.forgivingUntil = runtime.nanoTime();
    }

    /** Begins to watch a client. */
    public void watch(ClientSession client, Optional<HeartbeatPolicy> ownPolicy) {
        Beat beat = new Beat(client.ref(), ownPolicy.orElse(null));
        Resumption resumption = client.resumption();
        if (resumption != null) {
            resumption.heartbeat(beat);
        }
        judge(beat, client, 0);
    }

    /** Ends all watching. */
    public void close() {
        timer.close();
    }

    private void due(Beat beat, long lateNanos) {
        long pauseNanos = lateNanos > PAUSE_NANOS ? lateNanos : 0;
        if (pauseNanos > 0) {
            forgivingUntil = runtime.nanoTime() + FORGIVING_NANOS;
        }
        ClientSession client = beat.client.session();
        if (client != null && client.isConnected() && isInCharge(beat, client)) {
            judge(beat, client, pauseNanos);
        }
    }

    /** Nobody asks a client that is away; when it comes back, another beat begins. */
    private static boolean isInCharge(Beat beat, ClientSession client) {
        Resumption resumption = client.resumption();
        return resumption == null || (resumption.isHeartbeat(beat) && !client.isAway());
    }

    private void judge(Beat beat, ClientSession client, long pauseNanos) {
        HeartbeatPolicy policy = beat.policy == null ? hubPolicy : beat.policy;
        try {
            Step step = policy.judge(silence(client, pauseNanos));
            perform(step, policy, beat, client);
        } catch (RuntimeException
                | Error failure) { // of the application's own policy; unwatched, the client would never end
            LOG.log(Level.ERROR, () -> "heartbeat policy " + policy + " failed: " + client + " is closed", failure);
            client.end(CloseReason.SERVER_ERROR, Ending.DRAINED);
        }
    }

    private Silence silence(ClientSession client, long pauseNanos) {
        long now = runtime.nanoTime() - pauseNanos;
        long heard = client.lastInboundNanos();
        long pinged = client.outbox().pingMadeSince(heard);
        Optional<Duration> sincePing = pinged == NEVER ? Optional.empty() : Optional.of(elapsed(pinged, now));
        return new Silence(elapsed(heard, now), sincePing, client.jitter());
    }

    private static Duration elapsed(long since, long now) {
        return Duration.ofNanos(Math.max(0, now - since));
    }

    private void perform(Step step, HeartbeatPolicy policy, Beat beat, ClientSession client) {
        switch (step.action()) {
            case WAIT -> {}
            case PING -> ping(policy.pingEvent(), client);
            case CLOSE -> {
                close(beat, client);
                return;
            }
        }
        Duration next = step.next().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : step.next();
        timer.add(beat, runtime.nanoTime() + next.toNanos());
    }

    private void close(Beat beat, ClientSession client) {
        long until = forgivingUntil;
        if (runtime.nanoTime() < until) {
            timer.add(beat, until);
        } else {
            client.end(CloseReason.HEARTBEAT_TIMEOUT, Ending.CUT);
        }
    }

    /** A ping that is not made yet, because its thread or the event's place was taken, is not held against the client. */
    private void ping(Optional<EventType<Void>> event, ClientSession client) {
        if (event.isEmpty()) {
            client.outbox().ping();
            return;
        }
        long now = runtime.nanoTime();
        if (client.send(event.get()).isComplete()) {
            client.outbox().pinged(now);
        }
    }

    /** One client's place in the timer, with its own policy if it has one. */
    private record Beat(SessionRef client, @Nullable HeartbeatPolicy policy) {}
}
