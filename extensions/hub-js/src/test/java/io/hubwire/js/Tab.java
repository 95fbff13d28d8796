// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One tab of a {@link Browser}. */
final class Tab {
    private final DevTools tools;
    private final String target;
    private final String session;

    Tab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
        tools.call(session, "Runtime.enable", Map.of());
    }

    /** Brings it in front of the others, which are hidden then. */
    void show() {
        tools.call("", "Target.activateTarget", Map.of("targetId", target));
    }

    /** What an expression gives, and what its promise gives in the end. */
    JsonNode evaluate(String expression) {
        Map<String, Object> parameters =
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true);
        JsonNode answer = tools.call(session, "Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " failed: " + answer);
        }
        return answer.get("result").path("value");
    }

    void navigate(String address) {
        tools.call(session, "Page.navigate", Map.of("url", address));
    }

    /** Takes it from the network, or gives it back. */
    void setOffline(boolean offline) {
        tools.call(session, "Network.enable", Map.of());
        Map<String, Object> conditions =
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1);
        tools.call(session, "Network.emulateNetworkConditions", conditions);
    }
}
