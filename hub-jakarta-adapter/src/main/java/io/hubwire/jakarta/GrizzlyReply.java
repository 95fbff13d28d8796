// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;

/** Writes refusals to a Grizzly connection, which can be used for another request afterwards. */
final class GrizzlyReply {
    private static final Attribute<HttpRequestPacket> IN_PROCESS =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

    private GrizzlyReply() {}

    static void write(HttpRefusal refusal, HttpContent message, FilterChainContext context) {
        HttpRequestPacket request = (HttpRequestPacket) message.getHttpHeader();
        if (request.isUpgrade()) {
            end(request, context);
            request.getProcessingState().setKeepAlive(!message.getContent().hasRemaining());
        }
        byte[] body = refusal.body();
        HttpResponsePacket response = request.getResponse();
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(refusal.status());
        // not by setHeader, which takes an "Upgrade" for the beginning of one
        refusal.headers()
                .forEach((name, value) -> response.getHeaders().setValue(name).setString(value));
        response.setContentType(HttpRefusal.CONTENT_TYPE);
        response.setContentLength(body.length);
        context.write(HttpContent.builder(response)
                .content(Buffers.wrap(context.getMemoryManager(), body))
                .last(true)
                .build());
        context.notifyDownstream(new HttpEvents.ResponseCompleteEvent());
    }

    /** Makes a plain request of a handshake, and of one without a body: Grizzly waits for frames otherwise. */
    private static void end(HttpRequestPacket request, FilterChainContext context) {
        request.getUpgradeDC().recycle();
        request.setIgnoreContentModifiers(false);
        request.setExpectContent(false);
        IN_PROCESS.remove(context.getConnection());
    }
}
