// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.hubwire.Admission;
import io.hubwire.HubBuilder;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** A secret never shows up, wherever it is and whatever fails. */
class RedactorTest {
    private static final String SECRET = "s3cr3t";

    record Login(String user, String password) {}

    record Session(int n, String token) {}

    private final TestHub hub = TestHub.of(RedactorTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.on("login", Login.class, (client, login) -> client.send("session", new Session(1, SECRET)))
                .on("refuse", client -> {
                    throw ErrorCode.of(10_001, "no, token=" + SECRET)
                            .exception(Map.of("details", List.of(Map.of("accessToken", SECRET))));
                })
                .on("boom", client -> {
                    throw new IllegalStateException("rejected: token=" + SECRET + " of ann");
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    // --- where it is

    @Test
    void in_what_is_sent_and_received() {
        ann.send("login", new Login("ann", SECRET));

        assertThat(hub.transcript())
                .contains("-> login {\"user\":\"ann\",\"password\":\"***\"}")
                .contains("<- session {\"n\":1,\"token\":\"***\"}")
                .doesNotContain(SECRET);
    }

    @Test
    void in_objects_and_arrays_at_any_depth() {
        ann.send("login", Map.of("a", List.of(Map.of("b", Map.of("Api-Key", SECRET)))));
        ann.send("login", Map.of("secrets", List.of(SECRET, Map.of("x", SECRET))));
        ann.send("login", List.of("Authorization: Bearer " + SECRET));

        assertThat(hub.transcript())
                .contains("{\"a\":[{\"b\":{\"Api-Key\":\"***\"}}]}")
                .contains("{\"secrets\":\"***\"}")
                .contains("[\"Authorization: Bearer ***\"]")
                .doesNotContain(SECRET);
    }

    @Test
    void in_an_error_s_data_and_in_an_exception_s_message() {
        ann.send("refuse");
        ann.send("boom");

        assertHidden(() -> hub.checkLeftovers(Leftovers.ALL));
        assertThat(hub.transcript())
                .contains("refuse code=10001 \"no, token=***\" {\"details\":[{\"accessToken\":\"***\"}]}")
                .contains("threw java.lang.IllegalStateException: rejected: token=*** of ann");
    }

    @Test
    void in_query_and_headers() {
        TestHub strict = TestHub.of(builder -> builder.authenticator(handshake -> Admission.refuse(401)));
        ConnectAttempt attempt = strict.client()
                .named("mallory")
                .token(SECRET)
                .header("Cookie", "session=" + SECRET)
                .header("X-Trace", "7")
                .query("access_token", SECRET)
                .query("room", "1")
                .tryConnect();

        assertHidden(attempt::client);
        assertThat(strict.transcript())
                .contains("mallory -> GET /ws?access_token=***&room=1  Authorization: ***  Cookie: ***  X-Trace: 7\n")
                .contains("mallory ## refused with 401");
        strict.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"login\",\"data\":{\"password\":\"s3cr3t\"}}",
                "{\"event\":\"login\",\"data\":{\"\\u0070assword\":\"s3cr3t\"}}",
                "{\"event\":\"login\",\"data\":{\"password\":\"s3cr3t\"}",
                "{\"password\":\"s3cr3t",
                "{\"password\":\"a\\\"s3cr3t\"",
                "{'password':'s3cr3t'",
                "{\"password\" : [\"a\", \"s3cr3t\"]",
                "{\"tokens\":{\"a\":{\"b\":\"s3cr3t\"}, \"c\":\"s3cr3t\"",
                "password=s3cr3t&user=ann",
                "user=ann;token: s3cr3t",
                "Authorization: Bearer s3cr3t",
                "bearer s3cr3t",
                "{\"text\":\"{\\\"token\\\":\\\"s3cr3t\\\"}\"",
                "Login[user=ann, password=s3cr3t]",
            })
    void in_a_raw_frame_be_it_json_or_not(String frame) {
        ann.sendRaw(frame);

        assertThat(hub.transcript()).contains("-> raw ").contains("***").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"hub/hello\",\"data\":{\"token\":\"s3cr3t\",\"resume\":{\"session\":\"s3cr3t\",\"seq\":4}}}",
                "{\"event\":\"hub/hello\",\"data\":{\"resume\":{\"session\":\"s3cr3t\"}",
                "{\"event\":\"hub/hello\",\"data\":{\"client\":\"a\",\"session\":\"s3cr3t\",\"resumed\":true}}",
                "resume {\"session\" : \"s3cr3t",
                "{\"text\":\"{\\\"resume\\\":{\\\"session\\\":\\\"s3cr3t\\\"}}\"}",
                "{\"event\":\"hub/auth\",\"data\":{\"token\":\"s3cr3t\"},\"id\":\"1\"}",
            })
    void in_a_hello_and_its_answer(String frame) {
        ann.sendRaw(frame);

        assertThat(hub.transcript()).contains("-> raw ").contains("***").doesNotContain(SECRET);
    }

    @Test
    void by_what_a_session_is_claimed() {
        TestClient bob = hub.client().user("bob").token(SECRET).resuming().connect();
        bob.drop();
        bob.reconnect();

        String claimable = bob.claimable().orElseThrow();
        assertThat(hub.transcript()).doesNotContain(SECRET).doesNotContain(claimable);
        assertThat(bob.welcome().orElseThrow()).asString().contains("\"session\":\"***\"");
    }

    @Test
    void a_session_that_is_none_of_the_hub_s_is_shown() {
        ann.send("login", Map.of("session", "morning"));

        assertThat(hub.transcript()).contains("{\"session\":\"morning\"}");
    }

    @Test
    void in_a_message_sent_in_parts() {
        ann.sendPart("{\"event\":\"login\",\"data\":{\"pass", false);
        ann.sendPart("word\":\"s3cr", false);
        ann.sendPart("3t\"}}", true);

        assertThat(hub.transcript())
                .contains("-> part of 30 characters")
                .contains("-> raw {\"event\":\"login\",\"data\":{\"password\":\"***\"}}")
                .doesNotContain("s3cr");
    }

    @Test
    void behind_what_is_cut() {
        ann.sendRaw("x".repeat(80) + " token=" + SECRET.repeat(100));
        ann.send("login", Map.of("a", "x".repeat(90), "token", SECRET));

        assertThat(hub.transcript()).doesNotContain(SECRET);
    }

    @Test
    void in_a_long_frame_without_an_end_of_time() {
        ann.sendRaw("token".repeat(12_000));
        ann.sendRaw("\"password\":\"" + "\\".repeat(20_000));

        assertThat(hub.transcript()).contains("-> raw ");
    }

    // --- whatever fails

    @Test
    void in_failures_about_data() {
        ann.send("login", new Login("ann", "x"));
        MessageAssert session = ann.expectPush("session");

        assertHidden(() -> session.hasData(Map.of("token", "other")));
        assertHidden(() -> session.hasExactData("{\"token\":\"" + SECRET + "\"}"));
        assertHidden(() -> session.hasExactData("{\"n\":1}"));
        assertHidden(session::hasNoData);
        assertHidden(() -> session.dataAs(Integer.class));
        assertHidden(() -> ann.request("ping").data(Integer.class));
        assertHidden(() -> assertThat(ann).receivedNothing());
        assertHidden(() -> assertThat(ann).receivedExactly("{}"));
        assertHidden(() ->
                assertThat(ann).received("session", Map.class).first().isEqualTo(Map.of("token", SECRET, "n", 2)));
        assertHidden(() -> assertThat(ann).received("session", Map.class).containsExactly(Map.of()));
        session.hasData(Map.of("token", SECRET));
    }

    @Test
    void in_messages_of_assertj() {
        ann.send("login", new Login("ann", "x"));
        MessageAssert session = ann.expectPush("session");

        assertHidden(() -> session.dataAs(Session.class).isEqualTo(new Session(2, "other")));
        assertHidden(() -> session.dataAs(Session.class).isNull());
        assertHidden(() -> session.dataAs(Map.class, MAP).containsEntry("n", 2));
        assertHidden(
                () -> assertThat(ann).received("session", Session.class).list().isEmpty());
    }

    @Test
    void in_a_frame_that_is_no_envelope() {
        assertHidden(() -> ann.receives("{\"token\":\"" + SECRET + "\"}"));
        assertHidden(() -> ann.receives("{\"token\":\"" + SECRET + "\""));
    }

    @Test
    void in_failures_about_other_pushes() {
        ann.send("login", new Login("ann", "x"));

        assertHidden(() -> ann.expectPush("other"));
        assertHidden(ann::expectNoPush);
        assertHidden(() -> ann.expectNoPushFor(Duration.ofSeconds(1)));
        assertHidden(() -> ann.skipTo("other"));
    }

    @Test
    void two_secrets_that_differ_are_told_without_either() {
        ann.send("login", new Login("ann", "x"));

        assertThat(catchThrowable(() -> ann.expectPush("session").hasData("{\"token\":\"other\"}")))
                .hasMessageContaining("data.token is not what was expected, and masked");
    }

    // --- which keys

    @Test
    void a_key_is_known_however_it_is_written() {
        Redactor redactor = Redactor.standard();

        assertThat(List.of("token", "accessToken", "X-Auth-Token", "PASSWORD", "api_key", "clientSecret", "Set-Cookie"))
                .allMatch(redactor::masks);
        assertThat(List.of("user", "text", "toke", "key", "id")).noneMatch(redactor::masks);
    }

    @Test
    void a_test_may_name_more_keys_or_none() {
        Redactor more = Redactor.standard().masking("pin", "card-number");
        assertThat(more.masked("pin=1234 cardNumber: 4711 token=a")).isEqualTo("pin=*** cardNumber: *** token=***");
        assertThat(Redactor.none().masked("token=a")).isEqualTo("token=a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> more.masking("--"))
                .withMessageContaining("'--'");

        TestHub open = TestHub.builder().redactor(Redactor.none()).start();
        open.connect("ann").send("login", new Login("ann", SECRET));
        assertThat(open.transcript()).contains(SECRET);
        open.close();
    }

    private static void assertHidden(ThrowingCallable failing) {
        Throwable failure = catchThrowable(failing);
        assertThat(failure).isNotNull();
        assertThat(String.valueOf(failure.getMessage())).isNotEmpty().doesNotContain(SECRET);
        if (failure instanceof AssertionFailedError compared) {
            assertThat(String.valueOf(compared.getExpected())).doesNotContain(SECRET);
            assertThat(String.valueOf(compared.getActual())).doesNotContain(SECRET);
        }
    }
}
