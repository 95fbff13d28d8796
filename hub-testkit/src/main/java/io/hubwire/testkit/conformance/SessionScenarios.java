// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.LoginPolicy;
import io.hubwire.Online.Device;
import io.hubwire.Online.OnlineUser;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who is here, how sessions end, and who is told of it. */
interface SessionScenarios extends Stage {
    @Test
    default void a_kick_is_announced_and_closes_with_its_reason() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            hub.hub().all().send(Chat.NUMBER, 1);
            hub.hub().client(ann.id()).kick(CloseReason.KICKED);
            hub.hub().all().send(Chat.NUMBER, 2);

            ann.expectPush(Chat.NUMBER);
            ann.expectPush("kick").hasNoData();
            ann.expectClosed(CloseReason.KICKED);
            ann.expectNoPush();
            bob.expectPush(Chat.NUMBER);
            bob.expectPush(Chat.NUMBER).hasExactData("2");
            assertThat(hub).endedSession(ann, CloseReason.KICKED);
        }
    }

    @Test
    default void a_kick_of_a_user_ends_every_device() {
        CloseReason banned = CloseReason.ofApplication(4500, "banned");
        try (TestHub hub = chat()) {
            TestClient phone = hub.connect("ann");
            TestClient laptop = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            assertThat(hub.hub().user("ann").kick(banned)).isEqualTo(2);

            phone.expectPush("kick");
            phone.expectClosed(banned);
            laptop.expectPush("kick");
            laptop.expectClosed(banned);
            catchUp(bob);
        }
    }

    @Test
    default void a_user_may_log_out_all_other_devices() {
        try (TestHub hub = chat(builder -> builder.onRequest(
                "chat/only-me",
                Void.class,
                (client, nothing) -> client.hub()
                        .user(client.requireUser().id())
                        .except(client)
                        .kick(CloseReason.KICKED)))) {
            TestClient phone = hub.connect("ann");
            TestClient laptop = hub.connect("ann");
            TestClient tablet = hub.connect("ann");

            laptop.expectReply(laptop.request("chat/only-me")).isOk().hasExactData("2");

            phone.expectPush("kick");
            phone.expectClosed(CloseReason.KICKED.code());
            tablet.expectPush("kick");
            tablet.expectClosed(CloseReason.KICKED.code());
            catchUp(laptop);
        }
    }

    @Test
    default void the_newest_login_takes_the_place_of_the_older_one() {
        try (TestHub hub = chat(builder -> builder.login(LoginPolicy.NEWEST_ONLY))) {
            TestClient phone = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            TestClient laptop = hub.connect("ann");

            phone.expectClosed(CloseReason.REPLACED);
            catchUp(laptop);
            catchUp(bob);
            assertThat(hub).endedSession(phone, CloseReason.REPLACED);
        }
    }

    @Test
    default void the_first_login_keeps_others_out_until_it_ends() {
        try (TestHub hub = chat(builder -> builder.login(LoginPolicy.FIRST_ONLY))) {
            TestClient phone = hub.connect("ann");

            hub.client().user("ann").tryConnect().expectRefused(409);

            phone.close();
            hub.settleUntil(() -> hub.client().user("ann").tryConnect().isAccepted());
        }
    }

    @Test
    default void the_application_is_told_once_how_each_session_ended() {
        List<String> ends = new CopyOnWriteArrayList<>();
        try (TestHub hub = chat(builder ->
                builder.onDisconnect((client, reason) -> ends.add(Chat.nameOf(client) + " " + reason.code())))) {
            TestClient leaves = hub.connect("leaves");
            TestClient drops = hub.connect("drops");
            TestClient isKicked = hub.connect("is kicked");
            TestClient stays = hub.connect("stays");
            List.of(leaves, drops, isKicked, stays).forEach(this::catchUp);

            leaves.close();
            drops.drop();
            isKicked.session().kick(CloseReason.KICKED);
            hub.settleUntil(() -> ends.size() == 3);
            shutDown(hub);

            assertThat(ends).hasSize(4).contains("leaves 1000", "drops 1006", "is kicked 4004");
            assertThat(ends.get(3)).isEqualTo("stays 1012");
            stays.expectClosed(CloseReason.SERVICE_RESTART);
        }
    }

    @Test
    default void the_application_is_told_what_a_client_said_when_it_left() {
        List<CloseReason> ends = new CopyOnWriteArrayList<>();
        CloseReason bored = CloseReason.ofApplication(4400, "bored");
        try (TestHub hub = chat(builder -> builder.onDisconnect((client, reason) -> ends.add(reason)))) {
            TestClient ann = hub.connect("ann");

            ann.close(bored);

            hub.settleUntil(() -> !ends.isEmpty());
            assertThat(ends).containsExactly(bored);
            ann.expectClosed(bored);
        }
    }

    @Test
    default void a_shutdown_delivers_what_waits_then_closes_and_lets_nobody_in() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            hub.hub().all().send(Chat.NUMBER, 7);
            Hub.ShutdownReport report = shutDown(hub);

            assertThat(report).isEqualTo(new Hub.ShutdownReport(2, 0));
            ann.expectPush(Chat.NUMBER).hasExactData("7");
            ann.expectClosed(CloseReason.SERVICE_RESTART);
            bob.expectPush(Chat.NUMBER).hasExactData("7");
            bob.expectClosed(CloseReason.SERVICE_RESTART);
            hub.client().user("late").tryConnect().expectRefused(503);
        }
    }

    @Test
    default void who_comes_back_begins_a_new_session() {
        try (TestHub hub = chat()) {
            TestClient before = hub.connect("ann");
            before.expectReply(before.join("room-1")).isOk();
            before.drop();
            hub.settleUntil(() -> hub.hub().all().size() == 0);

            TestClient after = hub.connect("ann");

            assertThat(after.id()).isNotEqualTo(before.id());
            assertThat(after.session().groups()).isEmpty();
            hub.hub().group("room-1").send(Chat.SAID, new Said("hub", "anybody?"));
            catchUp(after);
            after.expectNoPush();
        }
    }

    @Test
    default void the_online_list_shows_users_with_their_devices() {
        try (TestHub hub = chat()) {
            TestClient phone = hub.client().user("ann").agent("Phone/1").connect();
            TestClient laptop = hub.client().user("ann").agent("Laptop/2").connect();
            TestClient bob = hub.connect("bob");
            TestClient somebody = hub.connectAnonymous();

            OnlineUser ann = hub.hub().online().user("ann").orElseThrow();

            assertThat(ann.devices()).extracting(Device::clientId).containsExactly(phone.id(), laptop.id());
            assertThat(ann.devices())
                    .extracting(device -> device.agent().orElseThrow())
                    .containsExactly("Phone/1", "Laptop/2");
            assertThat(ann.devices())
                    .extracting(device -> device.address().orElseThrow())
                    .containsOnly("127.0.0.1");
            assertThat(hub).hasOnlineUsers("ann", "bob").hasClients(4);

            phone.close();
            laptop.close();
            hub.settleUntil(() -> !hub.hub().online().isOnline("ann"));
            assertThat(hub).hasOnlineUsers("bob").hasClients(2);
            catchUp(bob);
            catchUp(somebody);
        }
    }

    @Test
    default void a_user_comes_with_the_first_device_and_goes_with_the_last() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (TestHub hub = chat(builder -> builder.onUserOnline(user -> told.add(user.id() + " came"))
                .onUserOffline(user -> told.add(user.id() + " went")))) {
            TestClient phone = hub.connect("ann");
            TestClient laptop = hub.connect("ann");
            hub.settleUntil(() -> told.size() == 1);

            phone.close();
            hub.settleUntil(() -> hub.hub().user("ann").size() == 1);
            laptop.drop();
            hub.settleUntil(() -> told.size() == 2);

            assertThat(told).containsExactly("ann came", "ann went");
        }
    }

    private Hub.ShutdownReport shutDown(TestHub hub) {
        CompletableFuture<Hub.ShutdownReport> over =
                hub.hub().shutdown(Duration.ofSeconds(10)).toCompletableFuture();
        letPass(hub, Duration.ofSeconds(10));
        hub.settleUntil(over::isDone);
        return over.join();
    }
}
