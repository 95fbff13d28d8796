// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A hub whose frames, and those of its clients, are written down as they are. For one thread. */
final class RecordedHub implements HubUnderTest {
    private final HubUnderTest hub;
    private final List<String> lines = new ArrayList<>();

    RecordedHub(HubUnderTest hub) {
        this.hub = hub;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public ClientLink open(boolean isClassic, ClientLink.Receiver receiver) {
        lines.add("-- a connection is open");
        ClientLink link = hub.open(isClassic, new ClientLink.Receiver() {
            @Override
            public void onText(String text) {
                lines.add("← " + text);
                receiver.onText(text);
            }

            @Override
            public void onPing() {
                receiver.onPing();
            }

            @Override
            public void onClosed(CloseReason reason) {
                receiver.onClosed(reason);
            }
        });
        return new ClientLink() {
            @Override
            public void sendText(String part, boolean last) {
                lines.add("→ " + part);
                link.sendText(part, last);
            }

            @Override
            public void sayGoodbye(CloseReason reason) {
                link.sayGoodbye(reason);
            }

            @Override
            public void drop() {
                lines.add("-- it is lost");
                link.drop();
            }
        };
    }

    @Override
    public void act(String step) {
        hub.act(step);
    }

    @Override
    public List<String> takeHandled() {
        return hub.takeHandled();
    }

    @Override
    public void settle() {
        hub.settle();
    }

    @Override
    public void elapse(Duration duration) {
        hub.elapse(duration);
    }

    @Override
    public Duration patience() {
        return hub.patience();
    }

    @Override
    public void close() {
        hub.close();
    }
}
