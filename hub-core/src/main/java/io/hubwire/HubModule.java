// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/** A feature that brings its events, callbacks and settings to a hub. */
@FunctionalInterface
public interface HubModule {
    /** Called once, while {@link HubBuilder#install} runs. */
    void install(HubBuilder hub);
}
