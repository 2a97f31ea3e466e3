package dev.kuar.practice.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where webhooks listen: URLs, ports and paths. */
final class WebhookAddress {
    private static final String FORM = "; desired format: https://host[/path]";

    private WebhookAddress() {}

    static void port(String field, long port, FieldErrors errors) {
        if (port < 1 || port > 65535) {
            errors.invalid(field, port, "port is not valid: must be between 1 and 65535, inclusive");
        }
    }

    static void url(String field, String text, FieldErrors errors) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            errors.required(
                    field, "url must be a valid URL: parse " + FieldErrors.shown(text) + ": " + e.getReason() + FORM);
            return;
        }
        if (!"https".equals(url.getScheme())) {
            errors.invalid(field, or(url.getScheme()), "'https' is the only allowed URL scheme" + FORM);
        }
        if (or(url.getRawAuthority()).isEmpty()) {
            errors.invalid(field, "", "host must be specified" + FORM);
        }
        if (url.getRawUserInfo() != null) {
            errors.invalid(field, url.getRawUserInfo(), "user information is not permitted in the URL");
        }
        if (!or(url.getFragment()).isEmpty()) {
            errors.invalid(field, url.getFragment(), "fragments are not permitted in the URL");
        }
        if (!or(url.getRawQuery()).isEmpty()) {
            errors.invalid(field, url.getRawQuery(), "query parameters are not permitted in the URL");
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    static void path(String field, String path, FieldErrors errors) {
        if (path.equals("/") || path.isEmpty()) {
            return;
        }
        if (path.equals("//")) {
            errors.invalid(field, path, "segment[0] may not be empty");
            return;
        }
        if (!path.startsWith("/")) {
            errors.invalid(field, path, "must start with a '/'");
        }
        String rest = path.substring(1);
        List<String> steps = List.of((rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1));
        for (int i = 0; i < steps.size(); i++) {
            String segment = "segment[" + i + "]";
            if (steps.get(i).isEmpty()) {
                errors.invalid(field, path, segment + " may not be empty");
            } else {
                Syntax.subdomain(steps.get(i)).forEach(each -> errors.invalid(field, path, segment + ": " + each));
            }
        }
    }
}
