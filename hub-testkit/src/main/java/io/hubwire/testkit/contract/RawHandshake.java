// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A handshake to be sent, good unless told otherwise. For one thread. */
public final class RawHandshake {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int SMALL_WINDOW = 4096;

    private final int port;
    private final List<String> headers = new ArrayList<>(List.of(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    private String method = "GET";
    private String path = "/ws";
    private int receiveBuffer;

    RawHandshake(int port) {
        this.port = port;
        headers.add(0, "Host: 127.0.0.1:" + port);
    }

    /** The HTTP method; default GET. */
    public RawHandshake method(String name) {
        method = name;
        return this;
    }

    /** Path and query; default {@code /ws}. */
    public RawHandshake path(String target) {
        path = target;
        return this;
    }

    /** Adds a header line, also a second one of the same name. */
    public RawHandshake header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    /** Takes away every line of a header, also one that a good handshake has. */
    public RawHandshake without(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return this;
    }

    /** Sets the receive buffer before connecting, so that the window is small from the start. */
    public RawHandshake receiveBuffer(int bytes) {
        receiveBuffer = bytes;
        return this;
    }

    /** Asks for what this handshake asks for. */
    RawHandshake asking(ClientHandshake handshake) {
        path(handshake.target());
        handshake.headers().forEach(line -> header(line.name(), line.value()));
        return handshake.isWindowSmall() ? receiveBuffer(SMALL_WINDOW) : this;
    }

    /** Sends the handshake, and any bytes right behind it, and does not wait for the answer. */
    public RawPeer send(byte... behind) throws IOException {
        Socket socket = new Socket();
        try {
            connect(socket);
            byte[] head = bytes();
            byte[] all = new byte[head.length + behind.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(behind, 0, all, head.length, behind.length);
            socket.getOutputStream().write(all);
            return new RawPeer(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What is sent. */
    public byte[] bytes() {
        return (method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void connect(Socket socket) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    }

    /** Sends the handshake and waits until it is accepted. */
    public RawPeer open() throws IOException {
        RawPeer peer = send();
        HttpReply reply = peer.reply();
        if (reply.status() != 101) {
            peer.close();
            throw new IOException("refused: " + reply);
        }
        return peer;
    }

    /** Sends the handshake and waits for the answer; the connection is closed then. */
    public HttpReply exchange() throws IOException {
        try (RawPeer peer = send()) {
            return peer.reply();
        }
    }
}
