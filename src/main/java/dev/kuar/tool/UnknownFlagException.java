package dev.kuar.tool;

import java.util.List;

/** A flag that a command does not know, or one whose value is missing; each tool words it its own way. */
final class UnknownFlagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String flag;
    private final String word;
    private final boolean valueMissing;
    private final transient List<String> known;

    /** {@code word} is the flag with the value that was typed to it; {@code known} are the flags of the command. */
    UnknownFlagException(String flag, String word, List<String> known) {
        this(flag, word, known, false);
    }

    private UnknownFlagException(String flag, String word, List<String> known, boolean valueMissing) {
        super(flag);
        this.flag = flag;
        this.word = word;
        this.known = List.copyOf(known);
        this.valueMissing = valueMissing;
    }

    static UnknownFlagException withoutValue(String flag) {
        return new UnknownFlagException(flag, flag, List.of(), true);
    }

    /** As typed, dashes included. */
    String flag() {
        return flag;
    }

    boolean valueMissing() {
        return valueMissing;
    }

    /** As gcloud words it. */
    String gcloudText() {
        return valueMissing
                ? "argument " + flag + ": expected one argument"
                : "unrecognized arguments: " + word
                        + CloseMatch.of(flag, flag.startsWith("--") ? known : List.of())
                                .map(near -> " (did you mean '" + near + "'?)")
                                .orElse("")
                        + " \n\nTo search the help text of gcloud commands, run:\n  gcloud help -- SEARCH_TERMS";
    }

    /** As cobra (kind, minikube, eksctl, helm, docker) words it. */
    String cobraText() {
        if (valueMissing) {
            return flag.startsWith("--")
                    ? "flag needs an argument: " + flag
                    : "flag needs an argument: '" + flag.charAt(1) + "' in " + flag;
        }
        return flag.startsWith("--")
                ? "unknown flag: " + flag
                : "unknown shorthand flag: '" + flag.charAt(1) + "' in " + flag;
    }
}
