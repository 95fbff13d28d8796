// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.tyrus;

import io.hubwire.examples.console.hub.ConsoleHub;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents.IncomingHttpUpgradeEvent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Takes the {@code Upgrade} header from every request but those to the hub. Grizzly would take all that follows for the body,
 * which then has no end: a client that asks for HTTP/2, as the JDK's does, would wait for ever and hold a thread.
 */
final class NoOtherUpgrades implements AddOn {
    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        chain.add(chain.indexOfType(HttpServerFilter.class) + 1, new Remover());
    }

    private static final class Remover extends BaseFilter {
        @Override
        public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
            if (event instanceof IncomingHttpUpgradeEvent upgrade
                    && upgrade.getHttpHeader() instanceof HttpRequestPacket request
                    && !request.getRequestURI().equals(ConsoleHub.PATH)) {
                request.getUpgradeDC().recycle();
                request.setIgnoreContentModifiers(false);
            }
            return context.getInvokeAction();
        }
    }
}
