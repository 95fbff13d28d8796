import type { AnyEvents, HubClient, HubOptions } from './types.js';
export type { Clock, Timer } from './clock.js';
export { HubError } from './errors.js';
export type { HubErrorDetails, LocalFailure } from './errors.js';
export type { Page } from './page.js';
export type { Socket, SocketConstructor } from './socket.js';
export type * from './types.js';
/**
 * A client of the hub at this address, which starts to connect at once and goes on until `close()`.
 *
 * A relative address is one of the page's own server; `http` and `https` become `ws` and `wss`. Throws a `TypeError`
 * when it is no address, or when there is no `WebSocket` class.
 */
export declare function connect<ServerEvents = AnyEvents, ClientEvents = AnyEvents>(url: string | URL, options?: HubOptions): HubClient<ServerEvents, ClientEvents>;
