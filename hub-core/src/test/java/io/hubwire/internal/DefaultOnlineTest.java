// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Online;
import io.hubwire.Online.OnlineUser;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultOnlineTest {
    private final Lobby lobby = Lobby.with(hub -> hub);
    private final Online online = lobby.hub().online();

    @Test
    void users_are_listed_in_the_order_of_their_coming_each_with_all_devices() {
        Visitor bob = lobby.enter("bob");
        Visitor ann = lobby.enter("ann");
        Visitor bobAgain = lobby.enter("bob");
        lobby.enterAnonymously();

        List<OnlineUser> users = online.list();

        assertThat(users).extracting(user -> user.user().id()).containsExactly("bob", "ann");
        assertThat(users.get(0).devices())
                .extracting(Online.Device::clientId)
                .containsExactly(bob.client().id(), bobAgain.client().id());
        assertThat(online.devices().count()).isEqualTo(4);
        assertThat(online.user("ann").orElseThrow().devices())
                .extracting(Online.Device::clientId)
                .containsExactly(ann.client().id());
        assertThat(online.isOnline("ann")).isTrue();
        assertThat(online.isOnline("eve")).isFalse();
        assertThat(online.user("eve")).isEmpty();
    }

    @Test
    void a_user_is_here_since_the_first_device_and_was_last_seen_on_any() {
        Instant start = lobby.runtime().now();
        Visitor phone = lobby.enter("ann");
        lobby.advance(Duration.ofSeconds(5));
        lobby.enter("ann");
        lobby.advance(Duration.ofSeconds(5));
        phone.handler().onPong();

        OnlineUser ann = online.user("ann").orElseThrow();

        assertThat(ann.since()).isEqualTo(start);
        assertThat(ann.lastSeenAt()).isEqualTo(start.plusSeconds(10));
        assertThat(ann.devices().get(1).connectedAt()).isEqualTo(start.plusSeconds(5));
    }

    @Test
    void a_device_that_left_is_not_listed() {
        Visitor phone = lobby.enter("ann");
        Visitor laptop = lobby.enter("ann");

        phone.client().close(CloseReason.NORMAL);

        assertThat(online.user("ann").orElseThrow().devices())
                .extracting(Online.Device::clientId)
                .containsExactly(laptop.client().id());
        laptop.client().close(CloseReason.NORMAL);
        assertThat(online.list()).isEmpty();
    }

    @Test
    void a_list_may_be_filtered_sorted_and_paged() {
        for (int i = 0; i < 10; i++) {
            lobby.enter("u" + i);
        }
        Online.Listing<OnlineUser> even =
                online.users().where(user -> user.user().id().charAt(1) % 2 == 0);

        assertThat(names(even.list())).containsExactly("u0", "u2", "u4", "u6", "u8");
        assertThat(even.count()).isEqualTo(5);
        Online.Page<OnlineUser> page = even.sortedBy(
                        Comparator.comparing((OnlineUser user) -> user.user().id())
                                .reversed())
                .page(2, 2);
        assertThat(names(page.items())).containsExactly("u4", "u2");
        assertThat(page.number()).isEqualTo(2);
        assertThat(page.size()).isEqualTo(2);
        assertThat(page.total()).isEqualTo(5);
        assertThat(names(even.page(3, 2).items())).containsExactly("u8");
        assertThat(even.page(4, 2).items()).isEmpty();
        assertThat(even.page(Integer.MAX_VALUE, 1_000).items()).isEmpty();
    }

    @Test
    void a_listing_looks_again_at_each_question() {
        Online.Listing<OnlineUser> users = online.users();
        assertThat(users.count()).isZero();

        lobby.enter("ann");

        assertThat(users.count()).isEqualTo(1);
    }

    @Test
    void a_page_out_of_range_is_refused_with_its_value() {
        assertThatThrownBy(() -> online.users().page(0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page number is 0, allowed is 1 or more");
        for (int bad : new int[] {0, 1_001}) {
            assertThatThrownBy(() -> online.users().page(1, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("page size is " + bad + ", allowed is 1 to 1000");
        }
    }

    private static List<String> names(List<OnlineUser> users) {
        return users.stream().map(user -> user.user().id()).toList();
    }
}
