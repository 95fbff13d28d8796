// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.cdi;

import io.hubwire.Hub;
import io.hubwire.HubModule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

// region producer
/** Makes the hub a bean, with every module among the beans installed. */
@ApplicationScoped
public class HubBeans {
    @Produces
    @Singleton
    Hub hub(@Any Instance<HubModule> modules) {
        return Hub.builder().install(modules.stream().toArray(HubModule[]::new)).build();
    }
}
// endregion
