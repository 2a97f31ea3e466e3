package dev.kuar.practice.admission;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Who may approve and sign certificate requests: those who hold the verb on the signer; and no client certificate for
 * {@code system:masters} by way of the API.
 */
final class SigningRequests implements Admission {
    private static final String GROUP = "certificates.k8s.io";
    private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

    private final Authorizer authorizer;

    SigningRequests(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.kind().group().equals(GROUP) || !request.kind().resource().equals("certificatesigningrequests")) {
            return;
        }
        if (request.subresource().isEmpty() && request.object() != null) {
            restrict(request);
        } else if (request.isUpdate() && request.subresource().equals("approval")) {
            permit(request, "approve");
        } else if (request.isUpdate() && request.subresource().equals("status")) {
            KubeObject now = request.now();
            KubeObject old = request.before();
            boolean signs = !Objects.equals(now.at("status", "certificate"), old.at("status", "certificate"))
                    || !now.maps("status", "conditions").equals(old.maps("status", "conditions"));
            if (signs) {
                permit(request, "sign");
            }
        }
    }

    private void permit(AdmissionRequest request, String verb) {
        String signer = request.before().text("spec", "signerName");
        int slash = signer.indexOf('/');
        String domain = slash < 0 ? signer : signer.substring(0, slash);
        if (!may(request, verb, signer) && !may(request, verb, domain + "/*")) {
            throw request.forbidden("user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
        }
    }

    private boolean may(AdmissionRequest request, String verb, String signer) {
        return authorizer.allows(new Access(request.user(), verb, GROUP, "signers", "", "", signer, "")) != null;
    }

    private static void restrict(AdmissionRequest request) {
        if (!request.now().text("spec", "signerName").equals(CLIENT_SIGNER)) {
            return;
        }
        // Organisations are stored as plain strings; a parser is not needed to see this one.
        String text = new String(der(request.now().text("spec", "request")), StandardCharsets.ISO_8859_1);
        String wanted = "\u0003U\u0004\n";
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            int start = at + wanted.length() + 2;
            if (text.startsWith("system:masters", start) && text.charAt(start - 1) == "system:masters".length()) {
                throw request.forbidden("use of " + CLIENT_SIGNER + " signer with system:masters group is not allowed");
            }
        }
    }

    private static byte[] der(String request) {
        try {
            String pem = new String(Base64.getDecoder().decode(request), StandardCharsets.US_ASCII);
            String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException unreadable) {
            return new byte[0];
        }
    }
}
