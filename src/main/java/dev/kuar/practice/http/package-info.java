/** The wire: HTTPS, negotiation, discovery, Tables, protobuf, watches, WebSocket and SPDY streams. Door: {@code HttpFront}. Uses api and what it uses, but not the store. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.http;
