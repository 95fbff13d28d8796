// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.account.TokenKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, most of which the container answers on its own. */
class RawHttpTest {
    private static final String HEADERS = "\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\nContent-Length: (\\d+)\\r\\n");
    private static final int PATIENCE_MILLIS = 10_000;

    private static ServedConsole console;

    @BeforeAll
    static void start() {
        console = ServedConsole.start(TokenKey.random(), 0);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /nothing/here HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /../../etc/passwd HTTP/1.1",
                "GET /..%2f..%2fetc/passwd HTTP/1.1",
                "GET /pages%5cindex.html HTTP/1.1",
                "GET /js\\api.js HTTP/1.1",
                "GET / HTTP/9.9",
                "BREW / HTTP/1.1",
                "TRACE / HTTP/1.1",
                "OPTIONS / HTTP/1.1",
                "not a request"
            })
    void what_is_refused_tells_nothing_of_the_server(String line) {
        assertTellsNothing(answer(line + HEADERS + "\r\n"));
    }

    @Test
    void a_header_of_100_KB_is_refused() {
        assertTellsNothing(answer("GET / HTTP/1.1" + HEADERS + "Long: " + "x".repeat(100_000) + "\r\n\r\n"));
    }

    @Test
    void two_lengths_of_one_body_are_refused() {
        assertTellsNothing(answer("POST /admin/site/accountLogin HTTP/1.1" + HEADERS
                + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"));
    }

    @Test
    void a_body_that_will_be_too_long_is_413_before_it_comes() {
        String answer = answer("POST /admin/site/accountLogin HTTP/1.1" + HEADERS + "Content-Length: 3000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertTellsNothing(answer);
    }

    @Test
    void an_endless_body_is_413() {
        String chunk = "ffff\r\n" + "x".repeat(0xffff) + "\r\n";

        String answer = answer("POST /admin/site/accountLogin HTTP/1.1" + HEADERS + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk + chunk);

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertTellsNothing(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "websocket", "anything"})
    void who_asks_for_another_protocol_where_there_is_none_gets_http(String protocol) {
        String answer = answer("POST /admin/site/accountLogin HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Connection: Upgrade\r\nUpgrade: " + protocol + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("username is missing");
    }

    @Test
    void a_page_does_not_name_the_server_either() {
        String answer = answer("GET / HTTP/1.1" + HEADERS + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("</html>");
        assertThat(headers(answer)).doesNotContainIgnoringCase("\nServer:", "\nX-Powered-By:", "\nSet-Cookie:");
    }

    private static void assertTellsNothing(String answer) {
        assertThat(answer).matches("(?s)HTTP/1\\.1 (4|5)\\d\\d .*");
        assertThat(headers(answer)).doesNotContainIgnoringCase("\nServer:", "\nX-Powered-By:", "\nSet-Cookie:");
        assertThat(answer)
                .doesNotContainIgnoringCase(
                        "tomcat", "jetty", "undertow", "grizzly", "tyrus", "exception", "java.", "\tat ", "root:");
    }

    private static String headers(String answer) {
        return answer.split("\r\n\r\n", 2)[0];
    }

    /** The first answer. */
    private static String answer(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(request, socket);
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Who is answered and cut off before everything is sent can still read the answer. */
    private static void send(String request, Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException e) {
            assertThat(socket.getInputStream().available())
                    .as("answered before: " + e)
                    .isPositive();
        }
    }

    private static String answer(InputStream stream) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        while (!headers.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = stream.read();
            assertThat(next).as("after " + headers).isNotNegative();
            headers.write(next);
        }
        Matcher length = LENGTH.matcher(headers.toString(StandardCharsets.ISO_8859_1));
        assertThat(length.find()).as(headers.toString()).isTrue();
        return headers + new String(stream.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }
}
