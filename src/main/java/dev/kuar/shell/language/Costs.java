package dev.kuar.shell.language;

import java.util.List;
import java.util.Set;

/** Which lines of the clouds' real tools make something that costs money. */
public final class Costs {
    /** The variable that says that the learner agreed to all of them, by {@code --yes}. */
    public static final String AGREED = "KUAR_LIVE_YES";

    private static final Set<String> MAKES =
            Set.of("create", "create-auto", "resize", "upgrade", "scale", "start", "add", "run");
    private static final Set<String> FREE_AREAS = Set.of("config", "auth", "account", "group", "login", "components");

    private Costs() {}

    /** Whether the line should be asked about; rather one too many than one too few. */
    static boolean money(String tool, List<String> arguments) {
        List<String> words =
                arguments.stream().filter(word -> !word.startsWith("-")).toList();
        if (words.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            return false;
        }
        return switch (tool) {
            case "gcloud", "az" ->
                !FREE_AREAS.contains(words.get(0)) && words.stream().limit(5).anyMatch(MAKES::contains);
            case "eksctl" -> MAKES.contains(words.get(0)) && !arguments.contains("--dry-run");
            case "aws" -> words.stream().limit(2).anyMatch(word -> word.matches("(?:create|run|start|allocate)-.*"));
            default -> false;
        };
    }
}
