package dev.kuar.practice.api;

import dev.kuar.practice.admission.ServiceSockets;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.schema.CustomKinds;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of one definition, served or not, and how objects go from one to another. Immutable. */
final class CustomVersions {
    private final Map<String, Object> spec;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final @Nullable ConversionWebhook webhook;

    CustomVersions(KubeObject definition, ClusterReader reader, ServiceSockets sockets) {
        this.spec = definition.map("spec");
        CustomKinds.all(definition).forEach(kind -> kinds.put(kind.apiVersion(), kind));
        this.webhook = definition.text("spec", "conversion", "strategy").equals("Webhook")
                ? new ConversionWebhook(KubeObject.of(definition.map("spec", "conversion", "webhook")), reader, sockets)
                : null;
    }

    /** Whether these are the versions of the definition as it is now. */
    boolean areOf(KubeObject definition) {
        return spec.equals(definition.map("spec"));
    }

    boolean asksWebhook() {
        return webhook != null;
    }

    /** The kind in some version; null for none of the definition's. */
    @Nullable
    Kind kind(String apiVersion) {
        return kinds.get(apiVersion);
    }

    /**
     * An object in another version, without what that version's schema does not know.
     *
     * @return {@code object} itself where it is of that version
     * @throws ApiException 500 where it cannot be converted
     */
    KubeObject to(String apiVersion, KubeObject object) {
        if (object.apiVersion().equals(apiVersion)) {
            return object;
        }
        Kind wanted = kinds.get(apiVersion);
        if (wanted == null) {
            throw failure("request to convert CR to an invalid group/version: " + apiVersion);
        }
        if (!kinds.containsKey(object.apiVersion())) {
            throw failure("request to convert CR from an invalid group/version: " + object.apiVersion());
        }
        boolean isEmpty = object.tree().size() == 2;
        KubeObject converted =
                webhook == null || isEmpty ? renamed(object, apiVersion) : webhook.convert(object, apiVersion);
        try {
            return KubeObject.of(Decoder.conform(wanted, converted.tree()).tree());
        } catch (DecodeException misfit) {
            throw failure(String.valueOf(misfit.getMessage()));
        }
    }

    /** A copy of the top level under another apiVersion. */
    static KubeObject renamed(KubeObject object, String apiVersion) {
        Map<String, Object> tree = new LinkedHashMap<>(object.tree());
        tree.put("apiVersion", apiVersion);
        return KubeObject.of(tree);
    }

    /** What failures to convert become: an error of the server without a reason. */
    static ApiException failure(String message) {
        return new ApiException(Status.failure(500, "", message));
    }
}
