package dev.kuar.practice.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites where the links of a proxied server lead, so that they stay behind the proxy. Source: apimachinery's proxy.Transport. */
final class ProxiedPage {
    /** Which attributes of which elements are URLs. */
    private static final Map<String, Set<String>> LINKS = Map.ofEntries(
            Map.entry("a", Set.of("href")),
            Map.entry("applet", Set.of("codebase")),
            Map.entry("area", Set.of("href")),
            Map.entry("audio", Set.of("src")),
            Map.entry("base", Set.of("href")),
            Map.entry("blockquote", Set.of("cite")),
            Map.entry("body", Set.of("background")),
            Map.entry("button", Set.of("formaction")),
            Map.entry("command", Set.of("icon")),
            Map.entry("del", Set.of("cite")),
            Map.entry("embed", Set.of("src")),
            Map.entry("form", Set.of("action")),
            Map.entry("frame", Set.of("longdesc", "src")),
            Map.entry("head", Set.of("profile")),
            Map.entry("html", Set.of("manifest")),
            Map.entry("iframe", Set.of("longdesc", "src")),
            Map.entry("img", Set.of("longdesc", "src", "usemap")),
            Map.entry("input", Set.of("src", "usemap", "formaction")),
            Map.entry("ins", Set.of("cite")),
            Map.entry("link", Set.of("href")),
            Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
            Map.entry("q", Set.of("cite")),
            Map.entry("script", Set.of("src")),
            Map.entry("source", Set.of("src")),
            Map.entry("video", Set.of("poster", "src")));

    /** What no tag begins in, then a tag with its attributes. */
    private static final Pattern TAG =
            Pattern.compile("<!--.*?-->|<([A-Za-z][A-Za-z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", Pattern.DOTALL);

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z-]+)(\\s*=\\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");

    private final String prefix;
    private final String host;

    /**
     * For one request.
     *
     * @param prefix the path that stands for the server's root, without a slash at its end
     * @param host whom the client asked
     */
    ProxiedPage(String prefix, String host) {
        this.prefix = prefix;
        this.host = host;
    }

    byte[] rewrite(byte[] page) {
        Matcher tags = TAG.matcher(new String(page, StandardCharsets.UTF_8));
        String text = tags.replaceAll(tag -> Matcher.quoteReplacement(
                tag.group(1) == null
                        ? tag.group()
                        : "<" + tag.group(1) + attributes(tag.group(1), tag.group(2)) + ">"));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String attributes(String tag, String text) {
        Set<String> links = LINKS.getOrDefault(tag.toLowerCase(Locale.ROOT), Set.of());
        return ATTRIBUTE.matcher(text).replaceAll(found -> {
            if (!links.contains(found.group(1).toLowerCase(Locale.ROOT))) {
                return Matcher.quoteReplacement(found.group());
            }
            String value =
                    found.group(3) != null ? found.group(3) : found.group(4) != null ? found.group(4) : found.group(5);
            return Matcher.quoteReplacement(found.group(1) + "=\"" + link(value) + "\"");
        });
    }

    /** A URL as it has to be for clients of the proxy; others' and relative ones stay as they are. */
    String link(String url) {
        try {
            URI uri = new URI(url);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            boolean elsewhere = !authority.isEmpty() && !authority.equals(host);
            if (elsewhere || !path.startsWith("/")) {
                return url;
            }
            String rest = url.substring(
                    url.indexOf(path, authority.isEmpty() ? 0 : url.indexOf(authority) + authority.length())
                            + path.length());
            String before = authority.isEmpty() ? "" : url.substring(0, url.indexOf(authority) + authority.length());
            return before + (path.startsWith(prefix) ? path : prefix + path) + rest;
        } catch (URISyntaxException e) {
            return url;
        }
    }
}
