package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.schema.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Creates objects: generated names, system metadata, admission, validation, allocation, the write. */
final class Creates {
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int TRIES = 8;
    private static final int LONGEST_BASE = 63 - SUFFIX;

    private final Parts parts;

    Creates(Parts parts) {
        this.parts = parts;
    }

    Answer create(Kind kind, ApiRequest request) {
        OptionChecks.write("CreateOptions", request.options(), false);
        return parts.warned(kind, warnings -> {
            KubeObject object = Bodies.object(parts.catalog(), kind, request, warnings);
            Bodies.note(parts, kind, request, object);
            KindRules.settleNamespace(kind, object, request.namespace());
            OwnerDuplicates.drop(object, warnings, false);
            Served made = create(kind, request, object, warnings, Origin.POST);
            return new Answer.One(201, made, warnings);
        });
    }

    /**
     * Creates what a client sent, or what an apply made of nothing. Who did not ask to create must be allowed to, which is
     * looked at once the object is found in order.
     */
    Served create(Kind kind, ApiRequest request, KubeObject object, List<String> warnings, Origin origin) {
        Instant now = parts.now();
        Strategy strategy = parts.strategy(kind);
        clean(kind, object, strategy);
        parts.schema().complete(kind, object);
        strategy.decoded(object);
        if (origin != Origin.APPLY) {
            note(kind, request, object, strategy, now);
        }
        parts.admission().mutate(admission(kind, request, object, warnings));
        OwnerDuplicates.drop(object, warnings, true);
        String base = object.text("metadata", "generateName");
        boolean generated = object.name().isEmpty() && !base.isEmpty();
        if (generated) {
            object.set(generate(base), "metadata", "name");
        }
        Write write = new Write(
                kind,
                object,
                null,
                request.verb().word(),
                "",
                request.user(),
                now,
                request.options().isDryRun(),
                warnings);
        system(kind, object, now);
        strategy.prepareCreate(write);
        if (write.dryRun()) {
            // What is written is put in order when it has its place for the resourceVersion.
            KindRules.orderMetadata(object);
        }
        strategy.allocate(write);
        boolean done = false;
        try {
            validate(kind, write, strategy);
            parts.schema().warn(kind, object, null, warnings);
            if (origin != Origin.POST) {
                parts.mayCreate(request);
            }
            parts.admission().validate(admission(kind, request, object, warnings));
            ObjectRevision.refuse(object);
            Served stored = store(kind, write, strategy, generated ? base : "");
            done = true;
            return stored;
        } finally {
            if (!done && !write.dryRun()) {
                strategy.release(object);
            }
        }
    }

    /** Notes who owns what; nobody owns a status that the server begins with. */
    private void note(Kind kind, ApiRequest request, KubeObject object, Strategy strategy, Instant now) {
        Object status = object.at("status");
        if (kind.hasStatus() && !strategy.keepsStatusOnCreate()) {
            parts.schema().resetStatus(kind, object);
        }
        FieldManager.update(kind, null, object, Bodies.manager(request), "", now);
        object.set(status, "status");
    }

    private static AdmissionRequest admission(Kind kind, ApiRequest request, KubeObject object, List<String> warnings) {
        return new AdmissionRequest(
                AdmissionRequest.Operation.CREATE,
                kind,
                "",
                kind.resource().equals("namespaces") ? object.name() : request.namespace(),
                object.name(),
                request.user(),
                object,
                null,
                request.options().isDryRun(),
                warnings,
                request.notes());
    }

    /** Drops what only the server writes. */
    private void clean(Kind kind, KubeObject object, Strategy strategy) {
        for (String field : List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            object.set(null, "metadata", field);
        }
        object.set(null, "metadata", "generation");
        if (kind.hasStatus() && !strategy.keepsStatusOnCreate()) {
            parts.schema().resetStatus(kind, object);
        }
    }

    private static void system(Kind kind, KubeObject object, Instant now) {
        object.set(UUID.randomUUID().toString(), "metadata", "uid");
        object.set(now.truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        if (kind.has(Kind.Flag.GENERATION)) {
            object.set(1L, "metadata", "generation");
        }
    }

    private void validate(Kind kind, Write write, Strategy strategy) {
        List<Map<String, Object>> causes = parts.schema().createErrors(kind, write.object());
        causes.addAll(strategy.errors(write));
        if (!causes.isEmpty()) {
            throw Statuses.invalid(
                    kind.group(), write.object().kind(), write.object().name(), causes);
        }
    }

    private Served store(Kind kind, Write write, Strategy strategy, String base) {
        KubeObject object = write.object();
        for (int tries = 1; ; tries++) {
            String key = Storage.key(kind, object.namespace(), object.name());
            KubeObject kept = parts.storage().versions().toStored(kind, object);
            Stored there = parts.storage().get(kind, key);
            if (there != null) {
                if (!base.isEmpty() && tries < TRIES) {
                    object.set(generate(base), "metadata", "name");
                    continue;
                }
                throw taken(kind, object, there);
            }
            if (write.dryRun()) {
                return Storage.unwritten(kind, key, object);
            }
            Stored stored = parts.storage().put(kind, key, 0, kept);
            if (stored != null) {
                strategy.stored(write, stored.object());
                return parts.storage().versions().served(kind, stored);
            }
        }
    }

    /** 409, which says whether the name was made from another and whether who has it is about to go. */
    private static ApiException taken(Kind kind, KubeObject object, Stored there) {
        boolean named = object.text("metadata", "generateName").isEmpty();
        Status status = (named
                        ? Statuses.alreadyExists(kind.groupResource(), object.name())
                        : Statuses.noUniqueName(kind.groupResource(), object.name()))
                .status();
        String going = there.object().isTerminating() ? "object is being deleted: " : "";
        return new ApiException(new Status(status.code(), status.reason(), going + status.message(), status.details()));
    }

    /** Which request an object is created by. */
    enum Origin {
        POST,
        PUT,
        APPLY
    }

    /** As upstream's name generator: five letters and digits that spell no words. */
    static String generate(String base) {
        StringBuilder name = new StringBuilder(base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < SUFFIX; i++) {
            name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return name.toString();
    }
}
