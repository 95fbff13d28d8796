/** What the client wants to know of the page it runs in; tests replace it. */
export interface Page {
    /**
     * Calls back when a connection is worth a look: the page is seen again, or the network came or went. Returns the end
     * of it.
     */
    onWake(wake: () => void): () => void;
}
/** The page of a browser. In Node there is none, and nothing is ever reported. */
export declare const browserPage: Page;
