// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.directory;

import planted.internal.session.SessionOnRouting;

public class DirectoryOnSession {
    SessionOnRouting session;
}
