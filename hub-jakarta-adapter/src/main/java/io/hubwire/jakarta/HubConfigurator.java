// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * What all handshakes have in common: no choice of the container's among subprotocols, since the hub has chosen, and no
 * extension, since compression costs each connection more memory than everything else together.
 */
abstract class HubConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public final <T> T getEndpointInstance(Class<T> endpointClass) {
        Endpoint socket = new HubSocket();
        return endpointClass.cast(socket);
    }

    /** True: {@link UpgradeRules} judge the origin. */
    @Override
    public final boolean checkOrigin(String originHeaderValue) {
        return true;
    }

    /** Nothing, unless the hub has judged the handshake already. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return "";
    }

    @Override
    public final List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
