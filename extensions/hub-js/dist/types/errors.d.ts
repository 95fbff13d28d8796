/**
 * Why the client itself failed something:
 * - `timeout`: no answer in time; if it was sent, it may have run
 * - `outcome-unknown`: sent, but the session ended before the answer; it may have run
 * - `closed`: the client is closed; it was not sent
 * - `queue-full`: too much is waiting; it was not sent
 * - `too-big`: longer than the hub takes; it was not sent
 * - `token`: the application's `token` function failed; the client tries again
 */
export type LocalFailure = 'timeout' | 'outcome-unknown' | 'closed' | 'queue-full' | 'too-big' | 'token';
/** What comes with an error besides its code and message. */
export interface HubErrorDetails {
    /** The event it belongs to. */
    event?: string | undefined;
    data?: unknown;
    cause?: unknown;
}
/**
 * A failure with a code to decide by: the hub's number, or a {@link LocalFailure} of the client. An answer handler may
 * throw one with a number of the application's own (from 10,000): the hub gets its code, message and data.
 */
export declare class HubError extends Error {
    readonly name = "HubError";
    readonly code: number | LocalFailure;
    readonly event: string | undefined;
    readonly data: unknown;
    constructor(code: number | LocalFailure, message: string, { event, data, cause }?: HubErrorDetails);
}
