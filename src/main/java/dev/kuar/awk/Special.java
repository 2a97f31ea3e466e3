package dev.kuar.awk;

/** The variables that mean something to awk; their ordinals are their slots. */
enum Special {
    NF,
    NR,
    FNR,
    FS,
    OFS,
    ORS,
    RS,
    SUBSEP,
    CONVFMT,
    OFMT,
    FILENAME,
    RSTART,
    RLENGTH,
    ENVIRON,
    ARGC,
    ARGV
}
