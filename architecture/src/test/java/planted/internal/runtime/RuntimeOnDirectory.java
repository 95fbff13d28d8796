// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.runtime;

import planted.internal.directory.DirectoryOnSession;

class RuntimeOnDirectory {
    DirectoryOnSession directory;
}
