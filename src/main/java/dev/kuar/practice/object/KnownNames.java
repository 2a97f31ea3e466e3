package dev.kuar.practice.object;

import java.util.List;

/** Names of fields that stand in nearly every object, each once: a tree that was read does not bring its own. */
final class KnownNames {
    private static final int SLOTS = 1024;

    private static final List<String> TEXT = List.of(
            "metadata name namespace uid resourceVersion generation creationTimestamp deletionTimestamp labels annotations ownerReferences finalizers managedFields",
            "manager operation apiVersion kind time fieldsType fieldsV1 subresource f:metadata f:spec f:status f:data f:labels f:annotations f:ownerReferences . f:name",
            "controller blockOwnerDeletion spec status data type reason message lastTransitionTime lastProbeTime lastUpdateTime observedGeneration conditions phase",
            "containers initContainers image imagePullPolicy resources requests limits cpu memory ports containerPort protocol env value valueFrom volumeMounts mountPath",
            "readOnly terminationMessagePath terminationMessagePolicy restartPolicy terminationGracePeriodSeconds dnsPolicy serviceAccountName serviceAccount nodeName",
            "securityContext schedulerName tolerations key operator effect tolerationSeconds priority enableServiceLinks preemptionPolicy volumes projected sources",
            "defaultMode serviceAccountToken expirationSeconds path configMap items downwardAPI fieldRef fieldPath hostIP hostIPs podIP podIPs ip startTime",
            "containerStatuses state running startedAt lastState ready restartCount imageID containerID started qosClass allocatedResources volumeMountsStatus",
            "recursiveReadOnly template replicas selector matchLabels app strategy rollingUpdate maxUnavailable maxSurge revisionHistoryLimit progressDeadlineSeconds",
            "updatedReplicas readyReplicas availableReplicas fullyLabeledReplicas clusterIP clusterIPs port targetPort sessionAffinity ipFamilies ipFamilyPolicy",
            "internalTrafficPolicy involvedObject source component host firstTimestamp lastTimestamp count eventTime reportingComponent reportingInstance endpoints",
            "addresses serving terminating targetRef addressType subsets f:containers f:conditions f:containerStatuses f:hostIP f:hostIPs f:podIP f:podIPs f:phase",
            "f:startTime f:type f:reason f:message f:image f:imagePullPolicy f:resources f:lastTransitionTime f:lastProbeTime f:observedGeneration f:replicas",
            "f:restartPolicy f:schedulerName f:securityContext f:dnsPolicy f:enableServiceLinks f:terminationGracePeriodSeconds f:terminationMessagePath",
            "f:terminationMessagePolicy f:generateName generateName holderIdentity leaseDurationSeconds renewTime f:selector f:template f:strategy f:app");

    private static final String[] BY_HASH = byHash();

    private KnownNames() {}

    /** Of two with one slot the first stays. */
    private static String[] byHash() {
        String[] names = new String[SLOTS];
        java.util.Arrays.fill(names, "");
        for (String line : TEXT) {
            for (String name : line.split(" ")) {
                int slot = slot(name.hashCode());
                if (names[slot].isEmpty()) {
                    names[slot] = name.intern();
                }
            }
        }
        return names;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 10) & (SLOTS - 1);
    }

    /**
     * The only one that it can be; empty where it is none.
     *
     * @param hash of its characters, as {@link String#hashCode} has it
     */
    static String at(int hash) {
        return BY_HASH[slot(hash)];
    }
}
