// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;

/** Greets by name. */
final class Greetings implements HubModule {
    record Name(String name) {}

    record Greeting(String text) {}

    static final RequestType<Name, Greeting> GREET = RequestType.of("greet", Name.class, Greeting.class);

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping()).onRequest(GREET, (client, name) -> new Greeting("hello " + name.name()));
    }
}
