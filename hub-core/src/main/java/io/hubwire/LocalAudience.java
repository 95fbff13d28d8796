// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.function.Predicate;

/** Everybody on this node: may be narrowed by a predicate, which cannot travel to other nodes. */
public interface LocalAudience extends Audience {
    /** Those of these for whom the predicate holds. It is called at each send, on the sender's thread; a throw reaches the sender. */
    LocalAudience where(Predicate<? super Client> predicate);
}
