// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.client.internal;

import jakarta.websocket.Session;

public class EngineOnContainer {
    Session session;
}
