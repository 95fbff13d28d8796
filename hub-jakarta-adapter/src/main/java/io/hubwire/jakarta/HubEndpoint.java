// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Objects;

/**
 * Where and to whom a hub is served: {@code HubEndpoint.serving(hub).at("/ws").deployTo(servletContext)}.
 *
 * <p>Immutable and thread-safe: each call returns another one. A bad setting fails at the call with its name, its value
 * and what is allowed.
 */
public final class HubEndpoint {
    /** What to do with a handshake without an {@code Origin} header, which browsers always send. */
    private enum MissingOrigin {
        ALLOWED_WITHOUT_COOKIE,
        ALLOWED,
        REFUSED
    }

    private final Hub hub;
    private final PathTemplate path;
    private final OriginRule origins;
    private final MissingOrigin missingOrigin;
    private final TokenSources tokens;

    private HubEndpoint(
            Hub hub, PathTemplate path, OriginRule origins, MissingOrigin missingOrigin, TokenSources tokens) {
        this.hub = hub;
        this.path = path;
        this.origins = origins;
        this.missingOrigin = missingOrigin;
        this.tokens = tokens;
    }

    /** Serves this hub, on {@code /ws}, to pages of the same origin. */
    public static HubEndpoint serving(Hub hub) {
        return new HubEndpoint(
                Objects.requireNonNull(hub, "hub"),
                PathTemplate.of("/ws"),
                OriginRule.same(),
                MissingOrigin.ALLOWED_WITHOUT_COOKIE,
                TokenSources.BEARER_ONLY);
    }

    /**
     * The path within the web application; default {@code /ws}. A segment {@code {name}} stands for any one segment,
     * which the authenticator sees as {@code handshake.pathParam(name)}; the first segment is never one.
     *
     * @throws IllegalArgumentException if it is not such a path
     */
    public HubEndpoint at(String template) {
        return new HubEndpoint(hub, PathTemplate.of(template), origins, missingOrigin, tokens);
    }

    /**
     * Pages of these origins may connect, and no others, not even those of the same origin unless listed. Default:
     * pages whose scheme, host and port are those of the request; behind a proxy that ends TLS, list the public origin.
     *
     * @param allowed such as {@code https://app.example}, {@code http://localhost:3000}, or
     *     {@code https://*.example.org}, where the star stands for one label
     * @throws IllegalArgumentException if there is none, or one is not an origin
     */
    public HubEndpoint allowOrigins(String... allowed) {
        return new HubEndpoint(hub, path, OriginRule.anyOf(allowed), missingOrigin, tokens);
    }

    /**
     * Every page on the web may connect: only for hubs that know their clients by a token which no browser adds on its
     * own.
     */
    public HubEndpoint allowAnyOrigin() {
        return new HubEndpoint(hub, path, OriginRule.any(), missingOrigin, tokens);
    }

    /**
     * Whether handshakes without an {@code Origin} header are looked at; browsers always send one, other clients
     * seldom. Default: yes, unless {@link #tokenFromCookie} is set.
     */
    public HubEndpoint allowMissingOrigin(boolean allowed) {
        MissingOrigin choice = allowed ? MissingOrigin.ALLOWED : MissingOrigin.REFUSED;
        return new HubEndpoint(hub, path, origins, choice, tokens);
    }

    /**
     * Where there is no bearer token in the {@code Authorization} header, {@code handshake.token()} is this query
     * parameter. Proxies and servers write such addresses to their logs: keep these tokens short-lived.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public HubEndpoint tokenFromQuery(String parameter) {
        return new HubEndpoint(hub, path, origins, missingOrigin, tokens.withQuery(parameter));
    }

    /**
     * Where there is no bearer token in the {@code Authorization} header and none in the query,
     * {@code handshake.token()} is this cookie. Browsers add cookies on their own, so a handshake must then name its
     * origin, see {@link #allowMissingOrigin}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public HubEndpoint tokenFromCookie(String name) {
        return new HubEndpoint(hub, path, origins, missingOrigin, tokens.withCookie(name));
    }

    /**
     * Starts the hub and serves it in a web application: registers a servlet on the path.
     *
     * <p>Call it while the application starts, from a {@code ServletContextListener} or a
     * {@code ServletContainerInitializer}, before or after the container's own initializer for WebSockets; or let a
     * {@link HubProvider} do without the call. When the application or the server stops, the hub is closed; call
     * {@link Hub#shutdown} before to see what became of its clients.
     *
     * @throws IllegalStateException if the path is taken, or the application has started already
     */
    public HubDeployment deployTo(ServletContext context) {
        return ServletDeployment.deploy(newGate(), context);
    }

    /**
     * Starts the hub and serves it on a container without servlets, which must not have started yet; no class of the
     * Servlet API is needed. Nobody closes the hub: call {@link Hub#shutdown} before the container stops.
     *
     * <p>Use {@link GrizzlyHubs} instead where Tyrus runs on Grizzly and the listener is at hand. Here, the hub is asked
     * inside the container's own handshake. An authenticator that takes time then holds one of the container's threads:
     * two handshakes may wait so at a time, each for a second; more, or longer, is refused with 503. Tyrus sends
     * refusals as a status without a body. Other containers cannot refuse there: they accept the socket, which is
     * closed at once, with 4001 instead of 401, 4003 instead of 403, 4101 instead of 429, 4100 instead of 503, and 1008
     * instead of the rest.
     *
     * @throws IllegalStateException if the container does not take the endpoint
     */
    public void addTo(ServerContainer container) {
        register(container);
    }

    HandshakeGate register(ServerContainer container) {
        HandshakeGate gate = newGate();
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(HubSocket.class, path.toString())
                .configurator(new StandaloneConfigurator(gate))
                .build();
        try {
            container.addEndpoint(config);
        } catch (DeploymentException e) {
            throw new IllegalStateException("the container does not take a hub at '" + path + "'", e);
        }
        hub.start();
        return gate;
    }

    private HandshakeGate newGate() {
        return new HandshakeGate(hub, path, new UpgradeRules(origins, isMissingOriginAllowed()), tokens);
    }

    private boolean isMissingOriginAllowed() {
        return switch (missingOrigin) {
            case ALLOWED -> true;
            case REFUSED -> false;
            case ALLOWED_WITHOUT_COOKIE -> tokens.cookie().isEmpty();
        };
    }

    @Override
    public String toString() {
        return "hub at " + path;
    }
}
