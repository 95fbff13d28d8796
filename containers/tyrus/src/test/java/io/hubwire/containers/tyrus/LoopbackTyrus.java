// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

// region container
/** Tyrus without a listener of its own, which would be on all interfaces. */
final class LoopbackTyrus extends TyrusServerContainer {
    private final String contextPath;
    private final WebSocketEngine engine;

    LoopbackTyrus(String contextPath) {
        super(Set.<Class<?>>of());
        this.contextPath = contextPath;
        this.engine = TyrusWebSocketEngine.builder(this).build();
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, contextPath);
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, contextPath);
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    /** Asked for by Tyrus 2.2. */
    public Map<String, Object> getProperties() {
        return Map.of();
    }
}
// endregion
