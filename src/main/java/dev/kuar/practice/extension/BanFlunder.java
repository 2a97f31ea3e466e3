package dev.kuar.practice.extension;

import dev.kuar.practice.admission.Admission;
import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;

/** No flunder may be made whose name a fischer disallows. Models the admission plugin of k8s.io/sample-apiserver. */
final class BanFlunder implements Admission {
    private static final GroupResource FISCHERS = GroupResource.of("wardle.example.com", "fischers");

    private final ClusterReader reader;

    BanFlunder(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        boolean concerned = request.isCreate() && request.isFor("wardle.example.com", "flunders");
        if (concerned
                && reader.list(FISCHERS, "").stream()
                        .anyMatch(fischer -> fischer.texts("disallowedFlunders").contains(request.name()))) {
            throw request.forbidden("this name may not be used, please change the resource name");
        }
    }
}
