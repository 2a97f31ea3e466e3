package dev.kuar.kubectl.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A flag that a command knows.
 *
 * @param name the long name
 * @param shorthand one letter, or empty
 * @param type {@code bool string int duration strings array} or {@code count}; {@code strings} splits at commas
 * @param standard the value without the flag
 * @param bare the value of the flag alone, empty where it needs one
 * @param help one line
 */
record Flag(String name, String shorthand, String type, String standard, String bare, String help) {
    /**
     * Reads definitions, one a line: {@code name,n type=default|bare text}. Default and bare value may be missing;
     * a bool's are false and true.
     */
    static List<Flag> parse(String definitions) {
        List<Flag> flags = new ArrayList<>();
        for (String line : definitions.lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split(" +", 3);
            String[] names = words[0].split(",", 2);
            String[] typeAndValues = words[1].split("=", 2);
            String[] values = (typeAndValues.length > 1 ? typeAndValues[1] : "").split("\\|", 2);
            boolean bool = "bool".equals(typeAndValues[0]);
            flags.add(new Flag(
                    names[0],
                    names.length > 1 ? names[1] : "",
                    typeAndValues[0],
                    bool && values[0].isEmpty() ? "false" : values[0],
                    values.length > 1 ? values[1] : bool ? "true" : "",
                    words.length > 2 ? words[2] : ""));
        }
        return flags;
    }
}
