// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidationTest {
    record Bid(String lot, long cents) {}

    record Offer(double euros) {}

    private static final EventType<Bid> BID = EventType.of("lot/bid", Bid.class);

    private final List<Bid> handled = new ArrayList<>();
    private final TestHub hub = TestHub.of(this::wire);
    private final TestClient ann = hub.connect("ann", "bidder");

    private HubBuilder wire(HubBuilder hub) {
        return hub.validator(payload ->
                        payload instanceof Bid bid && bid.lot().isBlank() ? Optional.of("lot") : Optional.empty())
                .on(
                        BID,
                        (client, bid) -> handled.add(bid),
                        route -> route.allow(Client.hasRole("bidder"))
                                .allow(client -> client.user().isPresent())
                                .validate("cents", bid -> bid.cents() > 0)
                                .validate("cents", bid -> bid.cents() < 1_000));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_valid_payload_is_handled() {
        ann.request(BID, new Bid("7", 10)).isOk();

        assertThat(handled).containsExactly(new Bid("7", 10));
    }

    @Test
    void the_hub_s_validator_names_the_path() {
        assertRefused(new Bid(" ", 10), "lot");
    }

    @Test
    void a_route_s_rules_name_their_path_and_all_must_agree() {
        assertRefused(new Bid("7", 0), "cents");
        assertRefused(new Bid("7", 1_000), "cents");
    }

    @Test
    void permission_is_judged_before_the_payload() {
        TestClient eve = hub.connect("eve");

        eve.request("lot/bid", Map.of("cents", "nonsense")).failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void a_rule_that_throws_denies_as_a_failure_of_user_code() {
        try (TestHub broken = TestHub.of(builder -> builder.on(
                "x",
                client -> handled.add(new Bid("x", 1)),
                route -> route.allow(client -> {
                    throw new IllegalStateException("broken rule");
                })))) {
            broken.connect("ann").request("x").failedWith(ErrorCode.HANDLER_FAILED);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void a_rule_may_choose_its_own_error() {
        try (TestHub hub = TestHub.of(builder -> builder.on(
                "x",
                client -> handled.add(new Bid("x", 1)),
                route -> route.allow(client -> client.requireUser().hasRole("x"))))) {
            hub.connectAnonymous().request("x").failedWith(ErrorCode.UNAUTHENTICATED);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void binding_is_strict() {
        ann.request("lot/bid", Map.of("lot", "7", "cents", "12")).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("lot/bid", Map.of("lot", "7", "cents", 1.5)).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("lot/bid", Map.of("lot", "7")).failedWith(ErrorCode.INVALID_PAYLOAD);

        assertThat(handled).isEmpty();
    }

    @Test
    void text_that_stands_for_no_number_does_not_slip_through_a_check() {
        try (TestHub hub = TestHub.of(builder -> builder.on(
                "offer",
                Offer.class,
                (client, offer) -> handled.add(new Bid("offer", 1)),
                route -> route.validate("euros", offer -> !(offer.euros() <= 100))))) {
            hub.connect("ann").request("offer", Map.of("euros", "NaN")).failedWith(ErrorCode.INVALID_PAYLOAD);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void a_time_out_of_range_is_the_client_s_fault() {
        EventType<Instant> at = EventType.of("at", Instant.class);
        try (TestHub hub =
                TestHub.of(builder -> builder.on(at, (client, time) -> handled.add(new Bid("" + time, 1))))) {
            hub.connect("ann").request("at", Long.MAX_VALUE).failedWith(ErrorCode.INVALID_PAYLOAD);
        }
        assertThat(handled).isEmpty();
    }

    private void assertRefused(Bid bid, String path) {
        Map<?, ?> data =
                ann.request(BID, bid).failedWith(ErrorCode.INVALID_PAYLOAD).data(Map.class);

        assertThat(data).isEqualTo(Map.of("path", path));
        assertThat(handled).isEmpty();
    }
}
