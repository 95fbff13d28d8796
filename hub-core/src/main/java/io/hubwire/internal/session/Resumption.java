// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.session.Outbox.Loss;
import io.hubwire.protocol.CloseReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a session needs to outlive its connections: the secret by which it is claimed, whether it may be, and what it remembers by ids.
 *
 * <p>Each claim makes a new secret. The one before stays valid until the client has shown that it knows the new one, for if the answer
 * that carried it was lost, the client has nothing else to come back with. Thread-safe.
 */
public final class Resumption {
    private static final long CONFIRMED_WITHIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final boolean isEnabled;

    @GuardedBy("this")
    private String secret;

    /** Empty when there is none. */
    @GuardedBy("this")
    private String previous = "";

    @GuardedBy("this")
    private long previousUntilNanos;

    private volatile boolean isRevoked;

    /** How many claims are being checked. */
    @GuardedBy("this")
    private int checks;

    /** What the client is told when it is back and these checks are over, by the groups that it was taken out of. */
    @GuardedBy("this")
    private Map<String, Outgoing> withheld = Map.of();

    /** Whose turn it is to look after the client's silence; an older one has no say any more. */
    private volatile @Nullable Object heartbeat;

    private final Correspondence correspondence;

    /** Whose turn it is to look after the client's credential. */
    private volatile @Nullable Object credential;

    /** Whose turn it is to look after the age of the client's connection. */
    private volatile @Nullable Object age;

    private final AtomicBoolean isAuthenticating = new AtomicBoolean();

    /** When the bucket of the credentials that the client may bring is full again. */
    @GuardedBy("this")
    private long credentialsFullAt = Long.MIN_VALUE;

    /** With a first secret. */
    public Resumption(ResumePolicy policy, RandomGenerator random) {
        this.isEnabled = policy.isEnabled();
        this.correspondence = new Correspondence(policy);
        this.secret = Secrets.next(random);
    }

    /** What the session remembers by ids. */
    public Correspondence correspondence() {
        return correspondence;
    }

    /**
     * Takes the connection from the session, if that goes on when it ends for this reason, and {@code whenDetached} then, before anybody
     * can claim the session.
     */
    synchronized Loss detach(Outbox outbox, CloseReason why, Runnable whenDetached) {
        if (!isEnabled || isRevoked || !why.keepsSession()) {
            return Loss.FINAL;
        }
        Loss loss = outbox.detach();
        if (loss == Loss.DETACHED) {
            whenDetached.run();
        }
        return loss;
    }

    /** The secret by which the session is claimed next. */
    public synchronized String secret() {
        return secret;
    }

    /** Whether this is a secret that the session may be claimed by now. */
    public synchronized boolean accepts(String claimed, long nowNanos) {
        boolean isPrevious = !previous.isEmpty() && nowNanos - previousUntilNanos < 0 && isSame(claimed, previous);
        return isEnabled && !isRevoked && (isSame(claimed, secret) || isPrevious);
    }

    /**
     * Claims the session by a secret: if that is accepted and {@code move} succeeds, it is claimed by another one from now on. Claims
     * of one session, and the losses of its connections, come one after the other.
     *
     * @return what {@code move} returns, null if the secret is not accepted
     */
    public synchronized @Nullable Outbox claim(
            String claimed, String next, long nowNanos, Supplier<@Nullable Outbox> move) {
        Outbox moved = accepts(claimed, nowNanos) ? move.get() : null;
        if (moved != null) {
            previous = claimed;
            previousUntilNanos = nowNanos + CONFIRMED_WITHIN_NANOS;
            secret = next;
        }
        return moved;
    }

    /** The application is asked what the client may still have: of what it takes away, the client is told when that is over. */
    public synchronized void beginCheck() {
        checks++;
    }

    /**
     * The check is over, whatever came of it. As long as another goes on, the client may be about to be answered on another connection with
     * groups that it has lost meanwhile, so that the notice has to come behind that answer.
     */
    public void endCheck(ClientSession session) {
        List<Outgoing> notices;
        synchronized (this) {
            checks--;
            notices = mustWithhold(session) ? List.of() : takeWithheld(session);
        }
        notices.forEach(notice -> session.offer(notice, true));
    }

    /** Neither what makes a client away nor what brings it back happens meanwhile. */
    @GuardedBy("this")
    private boolean mustWithhold(ClientSession session) {
        return checks > 0 || session.isAway();
    }

    @GuardedBy("this")
    private List<Outgoing> takeWithheld(ClientSession session) {
        Map<String, Outgoing> taken = withheld;
        withheld = Map.of();
        return taken.entrySet().stream()
                .filter(notice -> !session.isIn(notice.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * The groups that a client which comes back is told to be in: those of which a notice follows are among them, so that it is told of
     * the loss once, and why, and behind the answer by which it has joined, if that is sent again.
     */
    public Set<String> listedGroups(ClientSession session) {
        Set<String> listed =
                new LinkedHashSet<>(session.groups()); // first: of what is left meanwhile, a notice follows
        synchronized (this) {
            listed.addAll(withheld.keySet());
        }
        return listed;
    }

    /** The client is told that it was taken out of a group: when it is back, if it is away. */
    void tellLeft(ClientSession session, String group, String reason) {
        Outgoing notice = session.context().messages().left(group, reason);
        synchronized (this) {
            if (mustWithhold(session)) {
                withhold(group, notice, session.context().limits().groups());
                return;
            }
        }
        session.offer(notice, true);
    }

    /** Beyond as many as a client may be in, the list alone tells it. */
    @GuardedBy("this")
    private void withhold(String group, Outgoing notice, int most) {
        if (withheld.isEmpty()) {
            withheld = new LinkedHashMap<>(2);
        }
        if (withheld.size() < most) {
            withheld.put(group, notice);
        }
    }

    /** The client has shown that it knows the newest secret, if it was over the newest connection that it has spoken. */
    public synchronized void confirm(BooleanSupplier isNewest) {
        if (isNewest.getAsBoolean()) {
            previous = "";
        }
    }

    /** From now on the session ends with its connection, and nobody can claim it. */
    public void revoke() {
        isRevoked = true;
    }

    /** Lets nobody claim the session any more if {@code condition} holds, which no claim changes meanwhile; returns whether it does. */
    public synchronized boolean revokeIf(BooleanSupplier condition) {
        boolean holds = condition.getAsBoolean();
        isRevoked |= holds;
        return holds;
    }

    /** By what its secrets are known again when the session is over. */
    public synchronized SecretDigests digests() {
        return new SecretDigests(secret, previous);
    }

    /**
     * Takes one from the bucket of the credentials that the client may bring, over whichever connection; returns whether it was there.
     *
     * @param take is given when the bucket is full, and returns when it is then; the least value if there is not enough in it
     */
    public synchronized boolean takeCredential(LongUnaryOperator take) {
        long fullAt = take.applyAsLong(credentialsFullAt);
        credentialsFullAt = Math.max(credentialsFullAt, fullAt);
        return fullAt != Long.MIN_VALUE;
    }

    /** One credential at a time is judged; returns whether none was. */
    public boolean beginAuthentication() {
        return isAuthenticating.compareAndSet(false, true);
    }

    /** The credential is judged. */
    public void endAuthentication() {
        isAuthenticating.set(false);
    }

    /** From now on this looks after the client's credential; null if that does not expire. */
    public void credential(@Nullable Object watch) {
        credential = watch;
    }

    /** Whether this looks after the client's credential. */
    @SuppressWarnings("ReferenceEquality") // this very one
    public boolean isCredential(Object watch) {
        return credential == watch;
    }

    /** From now on this looks after the age of the client's connection. */
    public void age(Object watch) {
        age = watch;
    }

    /** Whether this looks after the age of the client's connection. */
    @SuppressWarnings("ReferenceEquality") // this very one
    public boolean isAge(Object watch) {
        return age == watch;
    }

    /** From now on this looks after the client's silence. */
    public void heartbeat(Object beat) {
        heartbeat = beat;
    }

    /** Whether this looks after the client's silence. */
    @SuppressWarnings("ReferenceEquality") // this very one
    public boolean isHeartbeat(Object beat) {
        return heartbeat == beat;
    }

    /** Takes as long whatever the difference. */
    private static boolean isSame(String claimed, String known) {
        return MessageDigest.isEqual(claimed.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }
}
