package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How much of which requests is written to the audit log: the first rule that matches decides; where none does, nothing is.
 * Models {@code audit.k8s.io/v1} Policy.
 */
public final class AuditPolicy {
    private final List<AuditRule> rules;
    private final Set<String> omitStages;
    private final boolean omitManagedFields;

    AuditPolicy(List<AuditRule> rules, Set<String> omitStages, boolean omitManagedFields) {
        this.rules = List.copyOf(rules);
        this.omitStages = Set.copyOf(omitStages);
        this.omitManagedFields = omitManagedFields;
    }

    /** In the order of how much is written; named as in the API. */
    enum Level {
        NONE("None"),
        METADATA("Metadata"),
        REQUEST("Request"),
        REQUEST_RESPONSE("RequestResponse");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What is written of a request. */
    record Decision(Level level, Set<String> omitStages, boolean omitManagedFields) {}

    /**
     * Reads a policy from a file.
     *
     * @throws IllegalArgumentException where it can't be read or is none, worded as the API server words it
     */
    public static AuditPolicy load(Path file) {
        String problem;
        try {
            return AuditPolicyReader.read(Files.readAllBytes(file));
        } catch (IllegalArgumentException bad) {
            problem = bad.getMessage() + ": from file " + file;
        } catch (NoSuchFileException missing) {
            problem = "failed to read file path \"" + file + "\": open " + file + ": no such file or directory";
        } catch (IOException unreadable) {
            problem = "failed to read file path \"" + file + "\": " + unreadable.getMessage();
        }
        throw new IllegalArgumentException("loading audit policy file: " + problem);
    }

    Decision decide(UserInfo user, RequestPath path, String name, String url) {
        return rules.stream()
                .filter(rule -> rule.matches(user, path, name, url))
                .findFirst()
                .map(rule -> new Decision(
                        rule.level(),
                        rule.omitStages(),
                        rule.omitManagedFields().orElse(omitManagedFields)))
                .orElse(new Decision(Level.NONE, omitStages, omitManagedFields));
    }
}
