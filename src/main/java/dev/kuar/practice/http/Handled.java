package dev.kuar.practice.http;

/** What has become of a call when its handler returns. */
enum Handled {
    /** The answer is written; the exchange may end. */
    DONE,
    /** It goes on (a watch, an upgraded connection), and whoever took it ends the exchange. */
    ONGOING
}
