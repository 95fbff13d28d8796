// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import jakarta.servlet.ServletRegistration;

/**
 * A hub that is served.
 *
 * @param hub the hub
 * @param path its path within the web application, as it was given
 * @param servlet the registration of the servlet on that path, for what else the container offers: a security
 *     constraint, another mapping
 */
public record HubDeployment(Hub hub, String path, ServletRegistration.Dynamic servlet) {}
