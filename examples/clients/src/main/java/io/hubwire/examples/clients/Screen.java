// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.examples.clients.Chat.Said;
import java.util.List;

/** What somebody looks at; called by one thread at a time. */
public interface Screen {
    /** Shows one line more. */
    void add(Said said);

    /** Shows these lines instead of all others. */
    void replace(List<Said> lines);

    /** Shows how things are. */
    void status(String text);

    /** Asks whoever looks at it. */
    boolean confirm(String question);
}
