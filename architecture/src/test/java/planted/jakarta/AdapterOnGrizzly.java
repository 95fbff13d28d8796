// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.jakarta;

import org.glassfish.grizzly.http.server.HttpServer;

class AdapterOnGrizzly {
    HttpServer server = new HttpServer();
}
