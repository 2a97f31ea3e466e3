package dev.kuar.cluster;

import dev.kuar.kube.RequestLog;
import dev.kuar.practice.KubectlRequests;
import java.util.List;

/** What kubectls ask of practice clusters, as {@link RequestLog} has it. */
record PracticeRequests(KubectlRequests requests) implements RequestLog.Listening {
    @Override
    public List<RequestLog.Request> heard() throws InterruptedException {
        return requests.heard().stream()
                .map(heard -> new RequestLog.Request(
                        heard.session(),
                        heard.command(),
                        heard.verb(),
                        heard.apiVersion(),
                        heard.kind(),
                        heard.namespace(),
                        heard.name(),
                        heard.subresource(),
                        heard.code(),
                        heard.response()))
                .toList();
    }

    @Override
    public void close() {
        requests.close();
    }
}
