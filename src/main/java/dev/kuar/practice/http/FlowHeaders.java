package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;

/** The two headers that name the flow schema and the priority level that a request falls under. */
final class FlowHeaders {
    private final ApiServer api;

    FlowHeaders(ApiServer api) {
        this.api = api;
    }

    void add(Call call, RequestPath path) {}
}
