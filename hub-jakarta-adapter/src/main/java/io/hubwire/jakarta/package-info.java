// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Serves a hub on a path of a Jakarta container: begin with {@link io.hubwire.jakarta.HubEndpoint}.
 *
 * <p>A servlet of this package stands on the path. It judges the request by itself (method, headers, origin), asks the
 * hub, which asks the application's authenticator, refuses with plain HTTP, and only then lets the container upgrade.
 * Each socket becomes a {@link io.hubwire.jakarta.HubSocket}, which passes on what arrives, and a connection that the
 * hub sends through.
 *
 * <p>Where there are no servlets, as with Tyrus on Grizzly, {@link io.hubwire.jakarta.GrizzlyHubs} does the same before
 * Tyrus, and {@link io.hubwire.jakarta.HubEndpoint#addTo} as much of it as the WebSocket API allows. Neither needs a
 * class of the Servlet API.
 */
@NullMarked
package io.hubwire.jakarta;

import org.jspecify.annotations.NullMarked;
