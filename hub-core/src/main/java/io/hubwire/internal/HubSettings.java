// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.AsyncAuthenticator;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.InboundLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.Middleware;
import io.hubwire.OutboxPolicy;
import io.hubwire.PayloadValidator;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.routing.RouteTable;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.MessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a builder has decided. Immutable, but for the routes, which are open until the hub starts.
 *
 * @param ownsRuntime whether the hub closes the runtime when it has shut down
 */
record HubSettings(
        AsyncAuthenticator authenticator,
        HeartbeatPolicy heartbeat,
        OutboxPolicy outbox,
        ResumePolicy resume,
        InboundLimits limits,
        ConnectionLimits connections,
        LoginPolicy login,
        Optional<PayloadValidator> validator,
        Optional<EventType<Void>> kickNotice,
        boolean errorsAsMinusOne,
        List<Middleware> middleware,
        RouteTable routes,
        Callbacks callbacks,
        MessageCodec codec,
        HubObserver observer,
        HubRuntime runtime,
        boolean ownsRuntime,
        Duration shutdownGrace) {}
