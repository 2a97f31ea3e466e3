package dev.kuar.output;

import java.util.Map;
import org.fusesource.jansi.Ansi;

/** Colours for text, or none: the one class that writes ANSI sequences. */
public final class Palette {
    /** Leaves text as it is. */
    public static final Palette PLAIN = new Palette(false);
    /** Colours it. */
    public static final Palette COLOR = new Palette(true);

    private final boolean on;

    private Palette(boolean on) {
        this.on = on;
    }

    /**
     * Whether the environment wants colour on this stream: {@code NO_COLOR} (not empty) and {@code CLICOLOR=0} forbid it,
     * {@code CLICOLOR_FORCE} (not 0) forces it, {@code TERM=dumb} and anything but a terminal have none.
     */
    public static boolean wanted(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
        if (!force.isEmpty() && !"0".equals(force)) {
            return true;
        }
        return terminal
                && !"0".equals(environment.getOrDefault("CLICOLOR", "1"))
                && !"dumb".equals(environment.getOrDefault("TERM", ""));
    }

    public static Palette of(boolean color) {
        return color ? COLOR : PLAIN;
    }

    public boolean isOn() {
        return on;
    }

    public String bold(String text) {
        return on ? new Ansi().bold().a(text).boldOff().toString() : text;
    }

    public String dim(String text) {
        return on
                ? new Ansi().a(Ansi.Attribute.INTENSITY_FAINT).a(text).boldOff().toString()
                : text;
    }

    public String italic(String text) {
        return on
                ? new Ansi()
                        .a(Ansi.Attribute.ITALIC)
                        .a(text)
                        .a(Ansi.Attribute.ITALIC_OFF)
                        .toString()
                : text;
    }

    public String red(String text) {
        return colored(Ansi.Color.RED, text);
    }

    public String green(String text) {
        return colored(Ansi.Color.GREEN, text);
    }

    public String yellow(String text) {
        return colored(Ansi.Color.YELLOW, text);
    }

    public String blue(String text) {
        return colored(Ansi.Color.BLUE, text);
    }

    public String cyan(String text) {
        return colored(Ansi.Color.CYAN, text);
    }

    public String magenta(String text) {
        return colored(Ansi.Color.MAGENTA, text);
    }

    private String colored(Ansi.Color color, String text) {
        return on ? new Ansi().fg(color).a(text).fgDefault().toString() : text;
    }
}
