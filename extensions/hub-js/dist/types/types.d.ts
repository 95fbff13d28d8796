import type { Clock } from './clock.js';
import type { HubError } from './errors.js';
import type { Page } from './page.js';
import type { SocketConstructor } from './socket.js';
/** The map of a client that is not typed. */
export type AnyEvents = Record<string, any>;
type Name<Events> = Extract<keyof Events, string>;
/** The payload of an entry of an event map: the entry itself, or the parameter when it is a function. */
export type Payload<Entry> = Entry extends (...parameters: infer P extends unknown[]) => unknown ? P extends [] ? undefined : P[0] : Entry;
/** The answer of an entry of an event map: what the function returns. */
export type Answer<Entry> = Entry extends (...parameters: never[]) => infer Result ? Awaited<Result> : unknown;
type DataOf<Entry> = undefined extends Payload<Entry> ? [data?: Payload<Entry>] : [data: Payload<Entry>];
type DataAndOptionsOf<Entry> = undefined extends Payload<Entry> ? [data?: Payload<Entry>, options?: RequestOptions] : [data: Payload<Entry>, options?: RequestOptions];
/**
 * Why the client wants a token. After `expired` and `revoked` the one that it had is no use: with the same one again it
 * gives up.
 */
export type TokenCause = 'connect' | 'expiring' | 'expired' | 'revoked';
export type Token = string | null | undefined;
/** How much may wait while the client is not connected. */
export interface QueueLimits {
    /** 64 unless told: as many as a hub with default limits takes at once. */
    messages: number;
    /** 256 KiB unless told. Also bounds what waits in an open socket. */
    bytes: number;
}
/** The settings of a client; all are optional. */
export interface HubOptions {
    /**
     * Asked before each connection and when credentials run out; nothing means anonymous. A failure is tried again, later
     * each time; to give nothing within 30 seconds is one.
     */
    token?: (cause: TokenCause) => Promise<Token> | Token;
    /** How long a request waits for its answer, in milliseconds: 30,000 unless told; `Infinity` for no limit. */
    requestTimeout?: number;
    queue?: Partial<QueueLimits>;
    /** The global `WebSocket` unless told; Node 20 has none. */
    WebSocket?: SocketConstructor;
    /** Hears what listeners throw; `reportError` or the console unless told. */
    report?: (error: unknown) => void;
    /** For tests. */
    clock?: Clock;
    /** For tests: 0 to less than 1, as `Math.random`. */
    random?: () => number;
    /** For tests and for shells that are no browser. */
    page?: Page;
}
/** The settings of one request. */
export interface RequestOptions {
    /** Milliseconds, also those without a connection; `Infinity` for no limit. */
    timeout?: number;
    /** Ends the wait; the promise fails with the signal's reason. The hub may run the request all the same. */
    signal?: AbortSignal;
}
export interface User {
    id: string;
    name?: string;
}
/** What the client is doing. */
export type State = {
    readonly name: 'connecting';
}
/** `resumed`: nothing was missed. Else this is a new session. */
 | {
    readonly name: 'open';
    readonly resumed: boolean;
    readonly client: string;
    readonly user?: User | undefined;
}
/** The last connection ended with `code`; the next attempt is `delayMs` away. */
 | {
    readonly name: 'waiting';
    readonly delayMs: number;
    readonly code: number;
    readonly reason: string;
}
/** For good: by `close()` (1000), or because `code` says not to come back. */
 | {
    readonly name: 'closed';
    readonly code: number;
    readonly reason: string;
};
/** A new session has begun: nothing of an earlier one is left, and what the page knows must be fetched again. */
export interface SessionStart {
    /** The client's public id. */
    client: string;
    user?: User | undefined;
    /** Why it is not the earlier one: `none` the first time, else `expired`, `gap`, `unknown`, … */
    reason: string;
}
/** The hub dropped these messages: what they told must be fetched again. */
export interface Gap {
    from: number;
    to: number;
    reason: string;
}
/** The client is no longer in a group, and did not ask to leave. */
export interface GroupLeft {
    group: string;
    /** Empty when it happened while the client was away: it is not known any more. */
    reason: string;
}
/** The events of the client itself. `hub/` is reserved, so that they are never mistaken for the application's. */
export interface HubEvents {
    'hub/state': State;
    'hub/session': SessionStart;
    'hub/gap': Gap;
    'hub/left': GroupLeft;
    /** A planned close is near. */
    'hub/drain': {
        reconnectInMs: number;
    };
    /** The hub refused something that was no request, or a token could not be had. */
    'hub/error': HubError;
}
/** A message of the hub, as it came. */
export interface Message<Data = unknown> {
    readonly event: string;
    readonly data: Data;
    /** 0, or the code of an error. */
    readonly code: number;
    readonly errorMsg?: string | undefined;
    /** Seconds since the epoch. */
    readonly timestamp: number;
    readonly volatile: boolean;
    /** Its number in the session, if it is counted. */
    readonly seq: number | undefined;
}
export type Unsubscribe = () => void;
/**
 * A client of a hub: one session, over as many connections as it takes.
 *
 * An event map gives each event name its payload type, or a function from payload to answer for requests and questions.
 * Listeners run one after the other in the order of the messages; what one throws is reported and disturbs nobody.
 */
export interface HubClient<ServerEvents = AnyEvents, ClientEvents = AnyEvents> {
    readonly state: State;
    /** The groups that the client wants to be in. */
    readonly groups: readonly string[];
    /**
     * Calls the listener for each message of this name, or for each event of the client itself. The same one twice counts
     * once.
     */
    on<E extends keyof HubEvents>(event: E, listener: (data: HubEvents[E]) => void): Unsubscribe;
    /** Calls the listener for every message of the application, errors included; not for answers and questions. */
    on(event: '*', listener: (message: Message) => void): Unsubscribe;
    on<E extends Name<ServerEvents>>(event: E, listener: (data: Payload<ServerEvents[E]>, message: Message<Payload<ServerEvents[E]>>) => void): Unsubscribe;
    /** The same for the next time only. */
    once<E extends keyof HubEvents>(event: E, listener: (data: HubEvents[E]) => void): Unsubscribe;
    once(event: '*', listener: (message: Message) => void): Unsubscribe;
    once<E extends Name<ServerEvents>>(event: E, listener: (data: Payload<ServerEvents[E]>, message: Message<Payload<ServerEvents[E]>>) => void): Unsubscribe;
    /** Ends one listener of an event, or all of them. */
    off(event: Name<ServerEvents> | keyof HubEvents | '*', listener?: (...parameters: any[]) => void): void;
    /**
     * Sends an event: now, or in order when the connection is open again. At most once: what was on its way when a
     * connection broke may be lost. Throws a {@link HubError} when it cannot wait (`queue-full`), is `too-big`, or the
     * client is `closed`.
     */
    send<E extends Name<ClientEvents>>(event: E, ...data: DataOf<ClientEvents[E]>): void;
    /**
     * Sends a request and waits for its answer, across reconnects: in a resumed session it is sent again under the same
     * id, and the hub runs it once. Fails with a {@link HubError}: the hub's code, or one of the client's own.
     */
    request<E extends Name<ClientEvents>>(event: E, ...dataAndOptions: DataAndOptionsOf<ClientEvents[E]>): Promise<Answer<ClientEvents[E]>>;
    /**
     * Answers the hub's questions of this name; one handler for each. A {@link HubError} with a number is told to the hub
     * as it is, anything else that is thrown as 1400.
     */
    answer<E extends Name<ServerEvents>>(event: E, handler: (data: Payload<ServerEvents[E]>) => Answer<ServerEvents[E]> | Promise<Answer<ServerEvents[E]>>): Unsubscribe;
    /**
     * Joins a group, and joins it again in each new session until it is left. The promise has the hub's answer (the
     * client's groups), however long that takes. A join that the hub refuses fails, and is forgotten: in Node a failure that
     * nobody catches ends the process. It fails, too, when the client is closed first; that need not be caught.
     */
    join(group: string): Promise<unknown>;
    leave(group: string): Promise<unknown>;
    /** Ends the session. What waits fails; nothing is sent or heard any more. */
    close(): void;
}
export {};
