// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.User;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.ManualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final User ANN = user("ann");

    private final ManualRuntime runtime = new ManualRuntime();
    private final Callbacks callbacks = new Callbacks();
    private final Presence presence = new Presence(runtime, callbacks);
    private final List<String> told = new ArrayList<>();

    PresenceTest() {
        callbacks.onUserOnline(user -> told.add("+" + user.id()));
        callbacks.onUserOffline(user -> told.add("-" + user.id()));
    }

    @Test
    void changes_are_told_in_order_and_never_inside_the_call() {
        presence.online(ANN);
        assertThat(told).isEmpty();
        runtime.runAll();
        presence.offline(ANN);
        runtime.runAll();

        assertThat(told).containsExactly("+ann", "-ann");
    }

    @Test
    void who_comes_and_goes_before_anybody_was_told_is_not_told_of() {
        presence.online(ANN);
        presence.offline(ANN);
        runtime.runAll();
        assertThat(told).isEmpty();

        presence.online(ANN);
        runtime.runAll();
        presence.offline(ANN);
        presence.online(ANN);
        runtime.runAll();

        assertThat(told).containsExactly("+ann");
    }

    @Test
    void a_change_while_the_one_before_is_told_comes_behind_it() {
        callbacks.onUserOnline(user -> presence.offline(user));

        presence.online(ANN);
        runtime.runAll();

        assertThat(told).containsExactly("+ann", "-ann");
    }

    @Test
    void it_is_idle_when_everything_was_told() {
        AtomicInteger idle = new AtomicInteger();
        presence.whenIdle(idle::incrementAndGet);
        assertThat(presence.isIdle()).isTrue();
        presence.online(ANN);
        presence.online(user("bob"));
        assertThat(presence.isIdle()).isFalse();

        runtime.runAll();

        assertThat(presence.isIdle()).isTrue();
        assertThat(idle).hasValue(1);
    }

    @Test
    void after_the_runtime_is_closed_nobody_is_told_and_nothing_waits() {
        runtime.close();

        presence.online(ANN);
        presence.online(user("bob"));

        assertThat(presence.isIdle()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void users_who_come_and_go_behind_a_slow_callback_leave_nothing_waiting() throws Exception {
        CountDownLatch database = new CountDownLatch(1);
        CountDownLatch isSlow = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Callbacks slow = new Callbacks();
        slow.onUserOnline(user -> {
            isSlow.countDown();
            database.await(10, TimeUnit.SECONDS);
            calls.incrementAndGet();
        });
        slow.onUserOffline(user -> calls.incrementAndGet());
        try (DefaultRuntime real = new DefaultRuntime()) {
            CountDownLatch idle = new CountDownLatch(1);
            Presence busy = new Presence(real, slow);
            busy.whenIdle(idle::countDown);
            busy.online(ANN);
            assertThat(isSlow.await(5, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 20_000; i++) {
                busy.offline(ANN);
                busy.online(ANN);
            }
            database.countDown();
            assertThat(idle.await(5, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(calls).hasValue(1);
    }

    @Test
    void calls_for_one_user_alternate_and_never_overlap_whatever_eight_threads_do() throws Exception {
        Map<String, Boolean> online = new ConcurrentHashMap<>();
        AtomicInteger wrong = new AtomicInteger();
        Callbacks checking = new Callbacks();
        checking.onUserOnline(user -> {
            if (online.putIfAbsent(user.id(), true) != null) {
                wrong.incrementAndGet();
            }
        });
        checking.onUserOffline(user -> {
            if (online.remove(user.id()) == null) {
                wrong.incrementAndGet();
            }
        });
        try (DefaultRuntime real = new DefaultRuntime()) {
            Presence busy = new Presence(real, checking);
            CountDownLatch idle = new CountDownLatch(1);
            Crowd.of(8, thread -> {
                for (int i = 0; i < 5_000; i++) {
                    busy.online(user("user-" + thread));
                    busy.offline(user("user-" + thread));
                }
            });
            busy.whenIdle(idle::countDown);
            if (!busy.isIdle()) {
                assertThat(idle.await(5, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(wrong).hasValue(0);
        assertThat(online).isEmpty();
    }

    private static User user(String id) {
        return new User(id, id, Set.of());
    }
}
