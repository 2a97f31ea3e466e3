package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code practice/kinds/*.json}, one file a resource, in the order of {@code index}. */
final class KindFiles {
    private KindFiles() {}

    /** @param folder below {@code practice}, empty or with its slash */
    static List<Kind> load(String folder, Types types) {
        List<Kind> kinds = new ArrayList<>();
        for (String name : Bundled.lines(folder + "kinds/index")) {
            Map<String, Object> file = Bundled.object(folder + "kinds/" + name + ".json");
            for (Map<String, Object> version : maps(file, "versions")) {
                kinds.add(kind(file, version, types));
            }
        }
        return kinds;
    }

    /** Kinds that no path serves by themselves: bodies and answers of subresources. */
    static List<Kind> bodies(Types types) {
        List<Kind> kinds = new ArrayList<>();
        for (Map<String, Object> file : maps(Bundled.object("kinds/bodies.json"), "bodies")) {
            kinds.add(kind(file, maps(file, "versions").get(0), types));
        }
        return kinds;
    }

    private static Kind kind(Map<String, Object> file, Map<String, Object> version, Types types) {
        String group = text(file, "group");
        String kind = text(file, "kind");
        return new Kind(
                group,
                text(version, "name"),
                kind,
                kind + "List",
                text(file, "resource"),
                text(file, "singular"),
                text(file, "scope").equals("Namespaced"),
                texts(file, "shortNames"),
                texts(file, "categories"),
                texts(file, "verbs"),
                maps(file, "subresources").stream()
                        .map(each -> new Subresource(
                                text(each, "name"),
                                text(each, "group"),
                                text(each, "version"),
                                each.get("kind") instanceof String own ? own : kind,
                                texts(each, "verbs")))
                        .toList(),
                text(version, "storageHash"),
                text(file, "storedAs"),
                text(file, "keyPrefix"),
                columns(version.containsKey("columns") ? version : file),
                texts(version.containsKey("fieldSelectors") ? version : file, "fieldSelectors"),
                flags(texts(file, "flags")),
                types.named(text(version, "type")),
                null);
    }

    private static List<Column> columns(Map<String, Object> owner) {
        return maps(owner, "columns").stream()
                .map(each -> new Column(
                        text(each, "name"),
                        each.get("type") instanceof String type ? type : "string",
                        text(each, "format"),
                        text(each, "description"),
                        each.get("priority") instanceof Long priority ? priority.intValue() : 0,
                        text(each, "cell")))
                .toList();
    }

    private static Set<Kind.Flag> flags(List<String> names) {
        Set<Kind.Flag> flags = EnumSet.noneOf(Kind.Flag.class);
        for (String name : names) {
            flags.add(Kind.Flag.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return flags;
    }

    private static String text(Map<String, Object> owner, String name) {
        return owner.get(name) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> owner, String name) {
        return owner.get(name) instanceof List<?> list ? (List<String>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> owner, String name) {
        return owner.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }
}
