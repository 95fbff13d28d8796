// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs and checks the tokens of those who have signed in: JWT, HS256. Thread-safe. */
public final class Tokens {
    private static final String ISSUER = "hubwire-console";
    private static final int MAX_LENGTH = 4096;

    private final Accounts accounts;
    private final TokenKey key;
    private final Duration lifetime;
    private final InstantSource clock;

    /** Tokens for these accounts that end after this time. */
    public Tokens(Accounts accounts, TokenKey key, Duration lifetime, InstantSource clock) {
        this.accounts = accounts;
        this.key = key;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A token for an account. It names the account; what that may do is looked up when the token is used. */
    public String issue(Account account) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(account.userId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key.bytes()));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
        return token.serialize();
    }

    /** What a token says, if it is one of ours, unchanged, and not over. */
    public Optional<Identity> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            return isOurs(parsed) ? identity(parsed.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | RuntimeException e) { // a stranger's text: whatever is wrong with it
            return Optional.empty();
        }
    }

    private boolean isOurs(SignedJWT token) throws JOSEException {
        return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                && token.verify(new MACVerifier(key.bytes()));
    }

    private Optional<Identity> identity(JWTClaimsSet claims) {
        @Nullable Date end = claims.getExpirationTime();
        if (end == null
                || !ISSUER.equals(claims.getIssuer())
                || !end.toInstant().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return accounts.find(Long.parseLong(claims.getSubject()))
                .map(account -> new Identity(account, end.toInstant()));
    }
}
