package dev.kuar.practice.api;

/** The generic verbs over every stored kind. */
record Verbs(Lists lists, Creates creates, Updates updates, PatchWrites patches, Deletes deletes, Scales scales) {
    static Verbs of(Parts parts) {
        Lists lists = new Lists(parts.storage(), parts.clock());
        Creates creates = new Creates(parts);
        Updates updates = new Updates(parts, creates);
        return new Verbs(
                lists,
                creates,
                updates,
                new PatchWrites(parts, creates, updates),
                new Deletes(parts, lists),
                new Scales(parts, lists, updates));
    }
}
