// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.hub;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.Route;
import io.hubwire.StandardEvents;
import io.hubwire.examples.console.account.Account;
import io.hubwire.examples.console.account.Identity;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.monitor.Monitor;
import io.hubwire.examples.console.monitor.RunInfo;
import io.hubwire.examples.console.monitor.Trends;
import io.hubwire.spi.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * The console's hub, for both profiles: clients are let in by their token, which those of {@code hubwire.v1} bring in their hello.
 * Events: {@code ping}, {@code join} and {@code quit} of rooms, {@code room/say} in a room, {@code kick}, what the machine is
 * doing for admins, and the {@link LiveEvents}.
 */
public final class ConsoleHub implements HubModule {
    /** Where clients connect. */
    public static final String PATH = "/socket";
    /** The query parameter that carries the token of a client of the classic profile. */
    public static final String TOKEN_PARAMETER = "authorization";
    /** The groups that everybody who has signed in may enter. */
    public static final String ROOMS = "room-*";
    /** Says something in a room; only members may. */
    public static final EventType<Say> SAY = EventType.of("room/say", Say.class);
    /** Something was said in a room; for its members, the one who said it too. */
    public static final EventType<Said> SAID = EventType.of("room/said", Said.class);
    /** Asks what the machine was doing lately; admins only. */
    public static final RequestType<Void, Trends> TRENDS =
            RequestType.withoutPayload("admin/monitor/trends", Trends.class);
    /** Asks what runs here; admins only. */
    public static final RequestType<Void, RunInfo> RUN_INFO =
            RequestType.withoutPayload("admin/monitor/runInfo", RunInfo.class);

    private static final int MAX_TEXT = 500;

    /**
     * What a client says.
     *
     * @param id the room
     * @param text 1–500 characters
     */
    public record Say(@Nullable String id, @Nullable String text) {}

    /** What members read. */
    public record Said(String id, String from, String text) {}

    private final Tokens tokens;
    private final Monitor monitor;

    /** For clients with these tokens, showing what this monitor sees. */
    public ConsoleHub(Tokens tokens, Monitor monitor) {
        this.tokens = tokens;
        this.monitor = monitor;
    }

    @Override
    public void install(HubBuilder hub) {
        JoinPolicy rooms =
                JoinPolicy.allow(ROOMS).and((client, group) -> client.user().isPresent());
        hub.authenticator(this::admit)
                .resume(ResumePolicy.defaults())
                .onDetach((client, reason) -> monitor.detached())
                .onResume(client -> monitor.resumed())
                .install(
                        StandardEvents.ping(),
                        StandardEvents.joinAndQuit(rooms),
                        StandardEvents.kick(),
                        new LiveEvents())
                .on(SAY, ConsoleHub::say, ConsoleHub::checked)
                .emits(SAID)
                .onRequest(TRENDS, (client, nothing) -> monitor.trends(), ConsoleHub::forAdmins)
                .onRequest(RUN_INFO, (client, nothing) -> monitor.runInfo(client.hub()), ConsoleHub::forAdmins);
    }

    private Admission admit(Handshake handshake) {
        return handshake
                .token()
                .flatMap(tokens::verify)
                .map(ConsoleHub::admission)
                .orElse(Admission.refuse(401));
    }

    private static Admission admission(Identity identity) {
        Account account = identity.account();
        return Admission.asUser(account.userId())
                .name(account.username())
                .roles(account.roles().toArray(String[]::new))
                .expiresAt(identity.expiresAt());
    }

    private static void say(Client client, Say say) {
        String room = String.valueOf(say.id());
        client.group(room).send(SAID, new Said(room, client.requireUser().name(), String.valueOf(say.text())));
    }

    private static void checked(Route<Say> route) {
        route.validate("id", say -> say.id() != null)
                .validate(
                        "text",
                        say -> say.text() != null
                                && !say.text().isBlank()
                                && say.text().length() <= MAX_TEXT);
    }

    private static void forAdmins(Route<Void> route) {
        route.allow(Client.hasRole(Account.ADMIN));
    }
}
