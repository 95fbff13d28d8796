// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import io.hubwire.Hub;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.jakarta.HubProvider;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.List;

/** Says which hubs there are. */
public final class Greeters implements HubProvider {
    @Override
    public Collection<HubEndpoint> endpoints(ServletContext context) {
        return List.of(
                HubEndpoint.serving(Hub.builder().install(new Greetings()).build()));
    }
}
