// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEY_TEXT = "a key of the test, long enough for HS384 as well";

    private final Accounts accounts = Accounts.demo(100);
    private final Account admin = accounts.find(1).orElseThrow();
    private final Tokens tokens = tokensAt(NOON, KEY_TEXT);

    @Test
    void a_token_says_who_and_until_when() {
        String token = tokens.issue(admin);

        assertThat(tokens.verify(token)).hasValue(new Identity(admin, NOON.plus(Duration.ofHours(1))));
    }

    @Test
    void a_token_is_worth_nothing_when_its_time_is_over() {
        String token = tokens.issue(admin);

        assertThat(tokensAt(NOON.plusSeconds(3599), KEY_TEXT).verify(token)).isPresent();
        assertThat(tokensAt(NOON.plusSeconds(3600), KEY_TEXT).verify(token)).isEmpty();
    }

    @Test
    void a_token_outlives_a_restart_with_the_same_key_only() {
        String token = tokens.issue(admin);

        assertThat(tokensAt(NOON, KEY_TEXT).verify(token)).isPresent();
        assertThat(tokensAt(NOON, KEY_TEXT + "!").verify(token)).isEmpty();
        assertThat(new Tokens(accounts, TokenKey.random(), Duration.ofHours(1), () -> NOON).verify(token))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "null", "eyJhbGciOiJIUzI1NiJ9.e30.", "🔑.🔑.🔑"})
    void what_is_no_token_is_refused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    @Test
    void any_change_is_noticed() {
        String token = tokens.issue(admin);

        for (int i = 0; i < token.length() - 1; i++) { // the last character carries unused bits
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verify(forged)).as(forged).isEmpty();
        }
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        assertThat(tokens.verify(new PlainJWT(claims(claim -> claim)).serialize()))
                .isEmpty();
    }

    @Test
    void another_algorithm_is_refused_even_with_our_key() throws JOSEException {
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim))))
                .isPresent();
        assertThat(tokens.verify(signed(JWSAlgorithm.HS384, claims(claim -> claim))))
                .isEmpty();
    }

    @Test
    void a_token_with_other_claims_is_refused_even_with_our_key() throws JOSEException {
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim.issuer("somebody else")))))
                .isEmpty();
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim.expirationTime(null)))))
                .isEmpty();
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim.subject(null)))))
                .isEmpty();
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim.subject("admin")))))
                .isEmpty();
        assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims(claim -> claim.subject("99")))))
                .isEmpty();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> TokenKey.of("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokenKey has 5 bytes, allowed is 32 or more");
    }

    private Tokens tokensAt(Instant time, String key) {
        return new Tokens(accounts, TokenKey.of(key), Duration.ofHours(1), InstantSource.fixed(time));
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer("hubwire-console")
                        .subject("1")
                        .expirationTime(Date.from(NOON.plusSeconds(60))))
                .build();
    }

    private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(new MACSigner(KEY_TEXT.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }
}
