// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.util.List;

/**
 * Both ends of one connection.
 *
 * @param peer the client's end
 * @param place the hub's end
 */
record Link(LoggedPeer peer, Place place) {
    /** Sends a text from the peer and waits until the hub has it; what came before does not count. */
    void echoToHub(Trial trial, String text) throws Exception {
        int before = place.textCount();
        peer.sendText(text);
        trial.await("'" + text + "' at " + place, () -> place.textCount() > before);
        List<String> texts = place.texts();
        trial.equal("the text at " + place, text, texts.get(texts.size() - 1));
    }

    /** Sends a text from the hub and waits until the peer has it and the send is completed. */
    void tellPeer(Trial trial, String text) throws InterruptedException {
        Sent sent = place.send(text);
        trial.equal("the text at " + peer, text, peer.receiveText());
        trial.await("the send to complete", sent::isOver);
    }
}
