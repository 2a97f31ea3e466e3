package dev.kuar.practice.network;

/** Answers HTTP requests of simulated clients; called on the client's thread. */
@FunctionalInterface
public interface HttpHandler {
    HttpResponse handle(HttpRequest request);
}
