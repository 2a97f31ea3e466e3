package dev.kuar.practice.http;

import dev.kuar.practice.auth.Impersonated;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.AuditNotes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way: what was asked, by whom, and the exchange that takes the answer. */
final class Call {
    /** What Go's strconv takes for true. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private final HttpServerExchange exchange;
    private final String method;
    private final String path;
    private final Map<String, List<String>> query;
    private final String auditId;
    private final long receivedNanos = System.nanoTime();
    private volatile java.time.@Nullable Instant received;
    private byte[] body = new byte[0];
    private UserInfo user = UserInfo.of("");
    private String kind = "";
    private @Nullable Impersonated impersonated;
    private @Nullable KeptResponse kept;
    private volatile AuditRecord record = AuditRecord.NONE;
    private boolean followed;
    private boolean authorized;
    private final AuditNotes notes = AuditNotes.empty();

    Call(HttpServerExchange exchange, String auditId) {
        this.exchange = exchange;
        this.auditId = auditId;
        this.method = exchange.getRequestMethod().toString();
        this.path = Paths.decode(pathOf(exchange), false);
        this.query = Paths.query(exchange.getQueryString());
    }

    private static String pathOf(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            int host = uri.indexOf("://");
            int slash = host < 0 ? -1 : uri.indexOf('/', host + 3);
            uri = slash < 0 ? "/" : uri.substring(slash);
        }
        return uri;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    /** In capitals as sent. */
    String method() {
        return method;
    }

    /** Decoded, with its slashes as sent. */
    String path() {
        return path;
    }

    /** As sent: path and query. */
    String uri() {
        String asked = exchange.getQueryString();
        return pathOf(exchange) + (asked.isEmpty() ? "" : "?" + asked);
    }

    Map<String, List<String>> query() {
        return query;
    }

    /** The first value of a query parameter; empty without. */
    String query(String name) {
        List<String> values = query.get(name);
        return values == null ? "" : values.get(0);
    }

    /** Whether a query parameter is there and neither {@code false} nor {@code 0}. */
    boolean flag(String name) {
        if (!query.containsKey(name)) {
            return false;
        }
        String value = query(name);
        return !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** The first value of a header; empty without. */
    String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /** All values of a header that may be repeated. */
    List<String> headers(String name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }

    String agent() {
        return header("User-Agent");
    }

    String auditId() {
        return auditId;
    }

    byte[] body() {
        return body;
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    /** Who was authenticated. */
    UserInfo user() {
        return user;
    }

    void user(UserInfo who) {
        user = who;
    }

    /** In whose name it is done. */
    UserInfo actingUser() {
        Impersonated other = impersonated;
        return other == null ? user : other.user();
    }

    @Nullable
    Impersonated impersonated() {
        return impersonated;
    }

    void impersonate(Impersonated who) {
        impersonated = who;
    }

    /** The kind of the resource that is asked for; empty where there is none. */
    String kind() {
        return kind;
    }

    void kind(String known) {
        kind = known;
    }

    /** What the audit is to know of it, beside what it sees. */
    AuditNotes notes() {
        return notes;
    }

    /** What the audit policy wants of it. */
    AuditRecord record() {
        return record;
    }

    void record(AuditRecord wanted) {
        record = wanted;
    }

    /** Whether somebody follows the kubectl that asks. */
    boolean isFollowed() {
        return followed;
    }

    void follow() {
        followed = true;
        keepResponse();
    }

    /** Whether it was asked if the user may. */
    boolean isAuthorized() {
        return authorized;
    }

    void authorized() {
        authorized = true;
    }

    /** Keeps what will be answered. */
    void keepResponse() {
        if (kept == null) {
            kept = new KeptResponse();
        }
    }

    /** The tree that was answered; empty where it isn't kept or was none. */
    Map<String, Object> keptResponse() {
        return kept == null ? Map.of() : kept.tree();
    }

    /** Keeps a tree that is answered in another form than JSON. */
    void keep(Map<String, Object> answered) {
        if (kept != null) {
            kept.keep(answered);
        }
    }

    /** What the answer is to be written to. */
    OutputStream keeping(OutputStream out, String contentType) {
        return kept != null && contentType.equals(Reply.JSON) && !flag("watch") ? kept.around(out) : out;
    }

    void setHeader(String name, String value) {
        exchange.getResponseHeaders().put(new HttpString(name), value);
    }

    void addHeader(String name, String value) {
        exchange.getResponseHeaders().add(new HttpString(name), value);
    }

    /** Whether JSON is to be indented: asked for, or read by a person's tool. */
    boolean pretty() {
        String asked = query("pretty");
        if (!asked.isEmpty()) {
            return TRUE.contains(asked);
        }
        String agent = agent();
        return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    }

    /** When it came in, seen from {@code now} where nobody asked before. */
    java.time.Instant receivedAt(java.time.Instant now) {
        java.time.Instant known = received;
        if (known == null) {
            known = now.minusNanos(System.nanoTime() - receivedNanos);
            received = known;
        }
        return known;
    }
}
