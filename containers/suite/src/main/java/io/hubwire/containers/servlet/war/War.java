// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A web application in a folder, as a container deploys it.
 *
 * @param folder with {@code WEB-INF/classes}, {@code WEB-INF/lib} and {@code WEB-INF/web.xml}
 * @param listeners its classes with {@code @WebListener}, for containers that do not look for them
 * @param initParameters what its descriptor says, for containers that do not read it
 */
public record War(Path folder, List<String> listeners, Map<String, String> initParameters) {}
