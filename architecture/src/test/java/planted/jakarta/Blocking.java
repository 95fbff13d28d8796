// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.jakarta;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;

class Blocking {
    Object viaCall(Session session) {
        return session.getBasicRemote();
    }

    void viaType(RemoteEndpoint.Basic remote) {}
}
