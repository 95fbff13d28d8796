// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everybody who may sign in. Immutable and thread-safe. */
public final class Accounts {
    private final Map<String, Account> byName;
    private final Map<Long, Account> byId;
    private final PasswordHash nobody;

    private Accounts(List<Account> accounts, PasswordHash nobody) {
        this.byName = accounts.stream().collect(Collectors.toUnmodifiableMap(Account::username, Function.identity()));
        this.byId = accounts.stream().collect(Collectors.toUnmodifiableMap(Account::id, Function.identity()));
        this.nobody = nobody;
    }

    /** The two accounts of the demonstration: {@code admin} (an admin) and {@code test}, both with {@code 123456}. */
    public static Accounts demo() {
        return demo(PasswordHash.ITERATIONS);
    }

    /** The same with less work for each password. */
    static Accounts demo(int iterations) {
        Account admin = new Account(1, "admin", Set.of(Account.ADMIN), PasswordHash.of("123456", iterations));
        Account test = new Account(2, "test", Set.of(), PasswordHash.of("123456", iterations));
        return new Accounts(
                List.of(admin, test), PasswordHash.of(UUID.randomUUID().toString(), iterations));
    }

    /** Who signs in with these; an unknown name costs as much time as a wrong password. Blocks for that time. */
    public Optional<Account> login(String username, String password) {
        boolean right = comparedWith(username).matches(password);
        return right ? Optional.ofNullable(byName.get(username)) : Optional.empty();
    }

    /** Nobody's password is compared, too. */
    PasswordHash comparedWith(String username) {
        @Nullable Account account = byName.get(username);
        return account == null ? nobody : account.password();
    }

    /** The account with this id. */
    public Optional<Account> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }
}
