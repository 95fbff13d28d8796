// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.Online;
import io.hubwire.User;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.JsonBody;
import io.hubwire.protocol.CloseReason;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Who is online, for admins, and the way to send somebody away. Thread-safe. */
public final class OnlineUsers {
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_PER_PAGE = 1000;
    private static final int DEFAULT_PER_PAGE = 20;

    private record Row(
            String id,
            long userId,
            String username,
            String ip,
            String os,
            String browser,
            long firstTime,
            long heartbeatTime,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean away) {}

    private record Listing(List<Row> list, int page, int perPage, int totalCount) {}

    private final Hub hub;

    /** The users of this hub. */
    public OnlineUsers(Hub hub) {
        this.hub = hub;
    }

    /** Adds {@code GET /admin/monitor/userOnlineList} and {@code POST /admin/monitor/userOffline}. */
    public void addTo(HttpRoutes routes, Access access) {
        routes.add("GET", "/admin/monitor/userOnlineList", access.admins(this::list))
                .add("POST", "/admin/monitor/userOffline", access.admins(this::kick));
    }

    private HttpAnswer list(HttpCall call) {
        int number = call.number("page", 1, MAX_PAGE).orElse(1);
        int size = call.number("perPage", 1, MAX_PER_PAGE).orElse(DEFAULT_PER_PAGE);
        Online.Page<Online.Device> page = hub.online()
                .devices()
                .where(device -> device.user().isPresent())
                .where(hasUserId(call))
                .where(nameContains(call))
                .where(addressContains(call))
                .page(number, size);
        List<Row> rows = page.items().stream().map(this::row).toList();
        return HttpAnswer.ok(new Listing(rows, page.number(), page.size(), page.total()));
    }

    private HttpAnswer kick(HttpCall call) {
        String clientId = JsonBody.of(call).text("id");
        if (hub.client(clientId).kick(CloseReason.KICKED) == 0) {
            throw HttpException.notFound("no such client");
        }
        return HttpAnswer.ok();
    }

    private static Predicate<Online.Device> hasUserId(HttpCall call) {
        return call.parameter("userId")
                .<Predicate<Online.Device>>map(
                        id -> device -> id.equals(user(device).id()))
                .orElse(device -> true);
    }

    private static Predicate<Online.Device> nameContains(HttpCall call) {
        return call.parameter("username")
                .map(part -> part.toLowerCase(Locale.ROOT))
                .<Predicate<Online.Device>>map(part ->
                        device -> user(device).name().toLowerCase(Locale.ROOT).contains(part))
                .orElse(device -> true);
    }

    private static Predicate<Online.Device> addressContains(HttpCall call) {
        return call.parameter("ip")
                .<Predicate<Online.Device>>map(
                        part -> device -> device.address().orElse("").contains(part))
                .orElse(device -> true);
    }

    private Row row(Online.Device device) {
        User user = user(device);
        Device agent = Device.of(device.agent().orElse(""));
        return new Row(
                device.clientId(),
                Long.parseLong(user.id()),
                user.name(),
                device.address().orElse(""),
                agent.os(),
                agent.browser(),
                device.connectedAt().getEpochSecond(),
                device.lastSeenAt().getEpochSecond(),
                hub.find(device.clientId()).map(Client::isAway).orElse(false));
    }

    private static User user(Online.Device device) {
        return device.user().orElseThrow();
    }
}
