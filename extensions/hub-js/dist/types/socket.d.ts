/** The part of a `WebSocket` that the client uses. */
export interface Socket {
    readonly readyState: number;
    readonly bufferedAmount: number;
    onopen: ((event: any) => void) | null;
    onmessage: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
    onerror: ((event: any) => void) | null;
    send(text: string): void;
    close(code?: number, reason?: string): void;
}
/** A `WebSocket` class: the browser's, that of Node 22 and later, or that of the package `ws`. */
export type SocketConstructor = new (url: string, protocols: string[]) => Socket;
/** What happens on a link. */
export interface LinkHandler {
    opened(): void;
    received(text: string): void;
    /** Called at most once, and never after the link was dropped. */
    closed(code: number, reason: string): void;
}
/** One socket as long as it is the current one; what a dropped one still says is not heard. */
export declare class Link {
    #private;
    constructor(socketClass: SocketConstructor, url: string, handler: LinkHandler);
    /** A browser throws away what is sent on a socket that has begun to close. */
    get takes(): boolean;
    get waitingBytes(): number;
    get dropped(): boolean;
    send(text: string): void;
    /** Closes the socket without waiting until the peer agrees; it may be long dead. */
    drop(code: number, reason: string): void;
}
