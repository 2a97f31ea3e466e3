package dev.kuar.awk;

/** The variables that mean something to awk; each has its slot. */
enum Special {
    NF(0),
    NR(1),
    FNR(2),
    FS(3),
    OFS(4),
    ORS(5),
    RS(6),
    SUBSEP(7),
    CONVFMT(8),
    OFMT(9),
    FILENAME(10),
    RSTART(11),
    RLENGTH(12),
    ENVIRON(13),
    ARGC(14),
    ARGV(15);

    private final int slot;

    Special(int slot) {
        this.slot = slot;
    }

    /** Where its value is among those of all variables. */
    int slot() {
        return slot;
    }
}
