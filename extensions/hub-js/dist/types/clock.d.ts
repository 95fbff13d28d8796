/** An action that will run later unless it is cancelled. */
export interface Timer {
    cancel(): void;
}
/** Time as the client sees it; tests replace it. */
export interface Clock {
    /** Milliseconds from any fixed moment; never goes back. */
    now(): number;
    after(delayMs: number, action: () => void): Timer;
}
/** A monotonic time that stands still while the machine sleeps, on some systems, made to count the sleep as well. */
export declare function countingSleep(monotonic: () => number, wall: () => number): () => number;
export declare const systemClock: Clock;
/**
 * Runs the action when nobody cancels it for `delayMs`. A timer that comes late proves nothing about the hub, whose
 * messages may be waiting behind it: it starts again with the whole delay.
 */
export declare function deadline(clock: Clock, delayMs: number, action: () => void): Timer;
