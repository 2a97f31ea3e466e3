package dev.kuar.tool;

/** A flag that a command does not know, or one whose value is missing; each tool words it its own way. */
final class UnknownFlagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String flag;
    private final boolean valueMissing;

    UnknownFlagException(String flag, boolean valueMissing) {
        super(flag);
        this.flag = flag;
        this.valueMissing = valueMissing;
    }

    /** As typed, dashes included. */
    String flag() {
        return flag;
    }

    boolean valueMissing() {
        return valueMissing;
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
