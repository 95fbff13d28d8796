// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.cdi;

import io.hubwire.examples.deployment.Stock;
import io.hubwire.examples.deployment.Warehouse;
import jakarta.enterprise.context.ApplicationScoped;

/** The stock of the whole application. */
@ApplicationScoped
public class SharedStock implements Stock {
    private final Stock warehouse = Warehouse.withThreeTeas();

    @Override
    public int left(String item) {
        return warehouse.left(item);
    }
}
