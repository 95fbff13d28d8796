// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.Online;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final List<String> log = new ArrayList<>();
    private final TestHub hub = TestHub.of(this::wire);

    private HubBuilder wire(HubBuilder hub) {
        return hub.on("hello", client -> {})
                .onUserOnline(user -> log.add(user.id() + " online"))
                .onUserOffline(user -> log.add(user.id() + " offline"));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_user_is_online_from_the_first_device_to_the_last() {
        TestClient phone = hub.connect("ann");
        TestClient laptop = hub.connect("ann");
        TestClient tablet = hub.connect("ann");
        assertThat(log).containsExactly("ann online");

        laptop.close();
        phone.drop();
        assertThat(log).containsExactly("ann online");
        assertThat(hub).hasOnlineUsers("ann");

        tablet.session().kick(CloseReason.KICKED);
        hub.settle();

        assertThat(log).containsExactly("ann online", "ann offline");
        assertThat(hub).hasOnlineUsers();
    }

    @Test
    void anonymous_clients_are_devices_and_no_users() {
        hub.connectAnonymous();

        assertThat(log).isEmpty();
        assertThat(hub.hub().online().devices().count()).isEqualTo(1);
        assertThat(hub.hub().online().users().count()).isZero();
    }

    @Test
    void three_devices_kick_one_kick_the_others() {
        TestClient phone = hub.connect("ann");
        TestClient laptop = hub.connect("ann");
        TestClient tablet = hub.connect("ann");

        hub.hub().client(phone.id()).kick(CloseReason.KICKED);
        hub.settle();
        assertThat(phone).isClosedWith(4004);
        assertThat(hub).hasClients(2);

        Client me = tablet.session();
        int kicked = hub.hub().user("ann").except(me).kick(CloseReason.KICKED);
        hub.settle();

        assertThat(kicked).isEqualTo(1);
        assertThat(laptop).isClosedWith(4004);
        assertThat(tablet).isConnected();
        assertThat(hub.hub().online().user("ann").orElseThrow().devices())
                .extracting(Online.Device::clientId)
                .containsExactly(tablet.id());
    }

    @Test
    void a_listing_shows_users_with_their_devices() {
        hub.client().user("ann").address("10.0.0.1").agent("Phone/1").connect();
        hub.advance(Duration.ofSeconds(5));
        TestClient laptop =
                hub.client().user("ann").address("10.0.0.2").agent("Laptop/1").connect();
        hub.advance(Duration.ofSeconds(5));
        laptop.send("hello");

        Online.OnlineUser ann = hub.hub().online().list().get(0);

        assertThat(ann.user().id()).isEqualTo("ann");
        assertThat(ann.since()).isEqualTo(hub.now().minusSeconds(10));
        assertThat(ann.lastSeenAt()).isEqualTo(hub.now());
        assertThat(ann.devices())
                .extracting(device -> device.address().orElseThrow())
                .containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(ann.devices())
                .extracting(device -> device.agent().orElseThrow())
                .containsExactly("Phone/1", "Laptop/1");
        assertThat(ann.devices().get(1).connectedAt()).isEqualTo(hub.now().minusSeconds(5));
    }

    @Test
    void a_listing_is_filtered_sorted_and_paged() {
        for (String user : List.of("dan", "ann", "eve", "bob", "cat")) {
            hub.connect(user);
        }
        Online online = hub.hub().online();

        assertThat(ids(online.users().list())).containsExactly("dan", "ann", "eve", "bob", "cat");

        Online.Listing<Online.OnlineUser> sorted = online.users()
                .where(user -> !user.user().id().equals("eve"))
                .sortedBy(Comparator.comparing(user -> user.user().id()));
        assertThat(sorted.count()).isEqualTo(4);
        assertThat(ids(sorted.list())).containsExactly("ann", "bob", "cat", "dan");

        Online.Page<Online.OnlineUser> second = sorted.page(2, 3);
        assertThat(ids(second.items())).containsExactly("dan");
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.size()).isEqualTo(3);
        assertThat(second.total()).isEqualTo(4);
        assertThat(sorted.page(3, 3).items()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> sorted.page(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> sorted.page(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> sorted.page(1, 1_001));
    }

    @Test
    void an_unknown_user_is_nowhere() {
        assertThat(hub.hub().online().user("nobody")).isEmpty();
        assertThat(hub.hub().online().isOnline("nobody")).isFalse();
        assertThat(hub.hub().user("nobody").size()).isZero();
        assertThat(hub.hub().find("nobody")).isEmpty();
    }

    @Test
    void the_index_is_exact_whatever_the_order_of_coming_and_going() {
        Random random = new Random(7);
        List<TestClient> open = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                open.add(hub.connect("user-" + random.nextInt(5)));
            } else {
                leave(open.remove(random.nextInt(open.size())), random);
            }
            hub.advance(Duration.ofMillis(20));
            assertIndexIs(open);
        }
    }

    private void leave(TestClient client, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> client.close();
            case 1 -> client.drop();
            default -> client.session().kick(CloseReason.KICKED);
        }
        hub.settle();
    }

    private void assertIndexIs(List<TestClient> open) {
        String[] users = open.stream()
                .map(client -> client.session().requireUser().id())
                .distinct()
                .toArray(String[]::new);
        assertThat(hub).hasClients(open.size()).hasOnlineUsers(users);
        for (String user : users) {
            assertThat(hub.hub().user(user).clients())
                    .containsExactlyInAnyOrderElementsOf(open.stream()
                            .map(TestClient::session)
                            .filter(client -> client.requireUser().id().equals(user))
                            .toList());
        }
    }

    private static List<String> ids(List<Online.OnlineUser> users) {
        return users.stream().map(online -> online.user().id()).toList();
    }
}
