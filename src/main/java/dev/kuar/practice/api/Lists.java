package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.FutureRevisionException;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads of one object and of pages of objects, with upstream's rules about revisions. */
final class Lists {
    private final Storage storage;
    private final ClusterClock clock;

    Lists(Storage storage, ClusterClock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** @throws ApiException 404 when it is not there, 504 when the revision asked for is not there yet */
    Stored get(Kind kind, String namespace, String name, RequestOptions options) {
        Freshness.await(storage, clock, revisionOf(options.resourceVersion()));
        return get(kind, namespace, name);
    }

    Stored get(Kind kind, String namespace, String name) {
        Stored stored = storage.get(kind, Storage.key(kind, namespace, name));
        if (stored == null) {
            throw Statuses.notFound(kind.groupResource(), name);
        }
        return storage.versions().read(kind, stored);
    }

    /** A page of a kind's objects in a namespace, or everywhere. */
    Answer.Many list(Selection selection, RequestOptions options) {
        OptionChecks.list(options);
        Kind kind = selection.kind();
        String prefix = Storage.prefix(kind, selection.namespace());
        String from = prefix;
        long revision = 0;
        int limit = (int) Math.min(Integer.MAX_VALUE, Math.max(0, options.limit()));
        if (!options.continueToken().isEmpty()) {
            if (!options.resourceVersion().isEmpty()
                    && !options.resourceVersion().equals("0")) {
                throw Statuses.badRequest("specifying resource version is not allowed when using continue");
            }
            ContinueToken token = ContinueToken.decode(options.continueToken());
            from = prefix + token.start().substring(1);
            revision = Math.max(0, token.revision());
        } else {
            long asked = revisionOf(options.resourceVersion());
            Freshness.await(storage, clock, asked);
            boolean exact = options.resourceVersionMatch().equals("Exact")
                    || (limit > 0 && asked > 0 && options.resourceVersionMatch().isEmpty());
            revision = exact ? asked : 0;
            if (options.resourceVersion().equals("0")) {
                limit = 0;
            }
        }
        return page(
                selection,
                prefix,
                from,
                revision,
                limit,
                !options.continueToken().isEmpty());
    }

    private Answer.Many page(
            Selection selection, String prefix, String from, long revision, int limit, boolean continued) {
        Kind kind = selection.kind();
        Store.Range range = range(selection, prefix, from, revision, limit, continued);
        List<Served> items = new ArrayList<>(Math.min(range.entries().size(), limit == 0 ? Integer.MAX_VALUE : limit));
        String token = "";
        long remaining = -1;
        String last = "";
        Function<Store.Entry, Stored> wrapping = storage.wrapping(kind, selection.namespace());
        Versions versions = storage.versions();
        boolean converts = versions.asksWebhook(kind);
        int foreign = 0;
        for (Store.Entry entry : range.entries()) {
            if (!ForeignValues.isObject(entry.value())) {
                last = entry.key();
                foreign++;
                continue;
            }
            Stored stored = wrapping.apply(entry);
            Stored shown = converts ? versions.served(kind, stored) : stored;
            if (!selection.matches(shown)) {
                continue;
            }
            if (limit > 0 && items.size() == limit) {
                token = ContinueToken.after(range.revision(), last.substring(prefix.length()))
                        .encode();
                break;
            }
            items.add(converts ? shown : versions.served(kind, stored));
            last = entry.key();
        }
        long left = range.total() - items.size() - foreign;
        if (selection.isEverything() && limit > 0 && left > 0) {
            remaining = left;
            token = ContinueToken.after(range.revision(), last.substring(prefix.length()))
                    .encode();
        }
        return new Answer.Many(
                200,
                kind.listKind(),
                kind.apiVersion(),
                Long.toString(range.revision()),
                token,
                remaining,
                items,
                List.of());
    }

    private Store.Range range(
            Selection selection, String prefix, String from, long revision, int limit, boolean continued) {
        String to = Store.prefixEnd(prefix);
        String start = from;
        String name = selection.name();
        if (!name.isEmpty() && prefix.endsWith("/") && oneNamespace(selection)) {
            start = prefix + name;
            to = prefix + name + "\0";
        }
        try {
            return storage.store().range(start, to, revision, selection.isEverything() ? limit : 0);
        } catch (CompactedException gone) {
            throw continued
                    ? tooOld(from.substring(prefix.length()))
                    : Statuses.expired("The resourceVersion for the provided list is too old.");
        } catch (FutureRevisionException future) {
            throw Statuses.tooLargeResourceVersion(revision, future.newest());
        }
    }

    /** 410 with a token that goes on at the same key in what there is now. */
    private static ApiException tooOld(String start) {
        return new ApiException(new Status(
                410,
                "Expired",
                "The provided continue parameter is too old to display a consistent list result. You can start a new list"
                        + " without the continue parameter, or use the continue token in this response to retrieve the"
                        + " remainder of the results. Continuing with the provided token results in an inconsistent list -"
                        + " objects that were created, modified, or deleted between the time the first chunk was returned"
                        + " and now may show up in the list.",
                Map.of(),
                new ContinueToken(-1, "/" + start).encode()));
    }

    private static boolean oneNamespace(Selection selection) {
        return !selection.kind().namespaced() || !selection.namespace().isEmpty();
    }

    /** @throws ApiException 400 for what is no number */
    private static long revisionOf(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException bad) {
            throw Statuses.badRequest("invalid resource version: " + invalidRevision(text));
        }
    }

    /** What is wrong with a resourceVersion that is no number. */
    static String invalidRevision(String text) {
        String quoted = JsonWriter.text(text);
        return "resourceVersion: Invalid value: " + quoted + ": strconv.ParseUint: parsing " + quoted
                + ": invalid syntax";
    }
}
