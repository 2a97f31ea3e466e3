package dev.kuar.awk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions that awk brings along, with the fewest and the most arguments of each. */
enum BuiltIn {
    LENGTH(0, 1),
    SUBSTR(2, 3),
    INDEX(2, 2),
    SPLIT(2, 3),
    SUB(2, 3),
    GSUB(2, 3),
    MATCH(2, 2),
    SPRINTF(1, Integer.MAX_VALUE),
    TOUPPER(1, 1),
    TOLOWER(1, 1),
    INT(1, 1),
    SQRT(1, 1),
    EXP(1, 1),
    LOG(1, 1),
    SIN(1, 1),
    COS(1, 1),
    ATAN2(2, 2),
    RAND(0, 0),
    SRAND(0, 1),
    SYSTEM(1, 1),
    CLOSE(1, 1),
    FFLUSH(0, 1);

    private final int fewest;
    private final int most;

    BuiltIn(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    boolean takes(int count) {
        return count >= fewest && count <= most;
    }

    static @Nullable BuiltIn find(String name) {
        for (BuiltIn each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        return null;
    }
}
