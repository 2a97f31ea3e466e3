package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** diff, paste, comm, fold, expand, shuf, tsort, factor, cal, getopt: lines and words, in busybox and in GNU. */
final class LineToolsTest {
    private static final String TREES = "mkdir -p d1/s d2/s d2/k; echo a > d1/x; echo b > d2/x; echo c > d1/only;"
            + " echo e > d1/s/f; echo F > d2/s/f; ";

    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private String in(String image, String script) throws Exception {
        Container container = Box.container(runtime, image, "", List.of(), "sleep", "3600");
        return Box.run(container, "sh", "-c", "cd /tmp; " + script);
    }

    private String busybox(String script) throws Exception {
        return in("busybox:1.36", script);
    }

    private String gnu(String script) throws Exception {
        return in("debian:12", script);
    }

    /** A match is looked for no further than it can go: with each of 20,000 to the line's end this would not end. */
    @Test
    void many_matches_stand_in_a_long_line() throws Exception {
        String line = "yes 'a ab abc ' | head -n 20000 | tr -d '\\n' | ";
        assertThat(gnu(line + "grep -oE '(a|ab)(c|)' | sort | uniq -c | tr -s ' '"))
                .isEqualTo(" 20000 a\n 20000 ab\n 20000 abc\n");
    }

    @Test
    void tee_writes_while_more_is_to_come() throws Exception {
        String seen =
                "(echo a; for i in 1 2 3 4 5 6 7 8 9; do grep -qs a t && break; sleep 0.2; done; cat t; echo b) | tee t";
        assertThat(busybox(seen)).isEqualTo("a\na\nb\n");
        assertThat(gnu("echo x > t; " + seen.replace("tee", "tee -a"))).isEqualTo("a\nx\na\nb\n");
    }

    @Test
    void busybox_compares_files_unified() throws Exception {
        String files = "printf 'a\\nb\\nc\\n' > x; printf 'a\\nB\\nc\\nd' > y; ";
        assertThat(busybox(
                        files + "diff x y; diff -U 0 -L one -L two x y; diff -q x y; diff -s x x; cat x | diff -i - y"))
                .isEqualTo("""
                --- x
                +++ y
                @@ -1,3 +1,4 @@
                 a
                -b
                +B
                 c
                +d
                \\ No newline at end of file
                --- one
                +++ two
                @@ -2 +2 @@
                -b
                +B
                @@ -3,0 +4 @@
                +d
                \\ No newline at end of file
                Files x and y differ
                Files x and x are identical
                --- -
                +++ y
                @@ -1,3 +1,4 @@
                 a
                 b
                 c
                +d
                \\ No newline at end of file
                =1""");
        assertThat(busybox(files + "diff x nope; echo $?; diff x y > /dev/null; echo $?; diff x x; echo $?"))
                .isEqualTo("2\n1\n0\n!diff: can't stat 'nope': No such file or directory\n");
        assertThat(busybox(TREES + "diff -rq d1 d2; diff -rN d1 d2 | head -n 4"))
                .isEqualTo("Only in d1: only\nFiles d1/s/f and d2/s/f differ\nFiles d1/x and d2/x differ\n"
                        + "--- d1/only\n+++ /dev/null\n@@ -1 +0,0 @@\n-c\n");
    }

    @Test
    void gnu_compares_files_line_by_line() throws Exception {
        String files = "seq 1 30 > x; sed 's/^3$/three/' x > y; echo end >> y; : > e; ";
        assertThat(
                        gnu(
                                files
                                        + "diff x y; diff x e | head -n 2; diff e y | head -n 1; diff -u --label a --label b x y | tail -n 5"))
                .isEqualTo("3c3\n< 3\n---\n> three\n30a31\n> end\n1,30d0\n< 1\n0a1,31\n"
                        + "@@ -28,3 +28,4 @@\n 28\n 29\n 30\n+end\n");
        assertThat(
                        gnu(
                                files
                                        + "diff -u x y | head -n 2 | sed 's/[0-9:. -]* +0000//'; diff --brief x y; diff x nope; diff x; diff -y x y"))
                .isEqualTo("--- x\t\n+++ y\t\nFiles x and y differ\n!diff: nope: No such file or directory\n"
                        + "diff: missing operand after 'x'\ndiff: Try 'diff --help' for more information.\n"
                        + "diff: the practice cluster does not have -y\n=2");
        assertThat(gnu(TREES
                        + "diff -r d1 d2; diff d1 d2 | head -n 3; diff -rqN d1 d2; diff -r -x only d1 d2 | sed -n 2p"))
                .isEqualTo("Only in d2: k\nOnly in d1: only\ndiff -r d1/s/f d2/s/f\n1c1\n< e\n---\n> F\n"
                        + "diff -r d1/x d2/x\n1c1\n< a\n---\n> b\n"
                        + "Only in d2: k\nOnly in d1: only\nCommon subdirectories: d1/s and d2/s\n"
                        + "Files d1/only and d2/only differ\nFiles d1/s/f and d2/s/f differ\nFiles d1/x and d2/x differ\n"
                        + "diff -r -x only d1/s/f d2/s/f\n");
    }

    @Test
    void the_fewest_lines_change() {
        List<String> one = List.of("a", "b", "c", "a", "b", "b", "a");
        List<String> other = List.of("c", "b", "a", "b", "a", "c");

        int changed = LineChanges.of(one, other).stream()
                .mapToInt(each -> each.to() - each.from() + each.otherTo() - each.otherFrom())
                .sum();

        assertThat(changed).isEqualTo(5);
        assertThat(LineChanges.of(List.of("x", "a", "x"), List.of("x", "a", "x", "a", "x")))
                .containsExactly(new LineChanges.Change(3, 3, 3, 5));
    }

    @Test
    void lines_stand_side_by_side() throws Exception {
        assertThat(busybox("seq 3 > x; seq 4 5 > y; paste x y; paste -s -d, x; seq 4 | paste -d: - -; paste nope"))
                .isEqualTo("1\t4\n2\t5\n3\t1,2,3\n1:2\n3:4\n!paste: nope: No such file or directory\n=1");
        String files = "printf 'a\\nb\\nd\\n' > c; printf 'b\\nc\\nd\\ne\\n' > d; ";
        assertThat(
                        gnu(
                                files
                                        + "comm c d; comm -12 c d; comm -23 c d; comm --total -123 c d; printf 'b\\na\\n' | comm -2 - c"))
                .isEqualTo("a\n\t\tb\n\tc\n\t\td\n\te\nb\nd\na\n1\t2\t2\ttotal\n\tb\na\n"
                        + "!comm: file 1 is not in sorted order\ncomm: input is not in sorted order\n=1");
    }

    @Test
    void lines_are_folded_and_tabs_expanded() throws Exception {
        for (String image : List.of("busybox:1.36", "debian:12")) {
            assertThat(in(
                            image,
                            "printf 'abc defghij klmno\\n' | fold -s -w 6; printf 'abcdef' | fold -3; echo;"
                                    + " printf 'a\\tb\\tcc\\td\\n' | expand; printf '\\ta\\tb\\n' | expand -i;"
                                    + " printf '        a       b\\n' | unexpand -a; printf '        a       b\\n' | unexpand;"
                                    + " printf 'a\\tb\\tc\\n' | expand -t 3,6"))
                    .as(image)
                    .isEqualTo("abc \ndefghi\nj \nklmno\nabc\ndef\na       b       cc      d\n        a\tb\n"
                            + "\ta\tb\n\ta       b\na  b  c\n");
        }
        assertThat(busybox("echo a | fold -w x")).isEqualTo("!fold: invalid number 'x'\n=1");
        assertThat(gnu("echo a | fold -w x")).isEqualTo("!fold: invalid number of columns: 'x'\n=1");
    }

    @Test
    void lines_come_in_any_order_or_in_the_only_one() throws Exception {
        assertThat(busybox("shuf -i 1-5 | sort; shuf -n 2 -e a b c | wc -l; shuf -i 1"))
                .isEqualTo("1\n2\n3\n4\n5\n2\n!shuf: bad range '1'\n=1");
        assertThat(gnu("echo 'a b b c d d' | tsort; echo 'a b b a' | tsort; echo a b c | tsort"))
                .isEqualTo("a\nd\nb\nc\na\nb\n!tsort: -: input contains a loop:\ntsort: a\ntsort: b\n"
                        + "tsort: -: input contains an odd number of tokens\n=1");
    }

    @Test
    void numbers_and_days() throws Exception {
        assertThat(
                        gnu(
                                "factor 12 97 1 18446744073709551615 600851475143; printf 'a\\nb\\nc\\n' > x; sum x; sum -s x; factor abc"))
                .isEqualTo("12: 2 2 3\n97: 97\n1:\n18446744073709551615: 3 5 17 257 641 65537 6700417\n"
                        + "600851475143: 71 839 1471 6857\n59469     1 x\n324 1 x\n"
                        + "!factor: 'abc' is not a valid positive integer\n=1");
        assertThat(busybox("cal 11 2026 | head -n 7; cal 13 2026"))
                .isEqualTo(
                        "   November 2026\nSu Mo Tu We Th Fr Sa\n 1  2  3  4  5  6  7\n 8  9 10 11 12 13 14\n"
                                + "15 16 17 18 19 20 21\n22 23 24 25 26 27 28\n29 30\n!cal: number 13 is not in 1..12 range\n=1");
    }

    @Test
    void getopt_sorts_the_options_of_scripts() throws Exception {
        assertThat(
                        busybox(
                                "getopt -o ab: -l long,arg: -n prog -- -a --long --arg=x foo -b 'it s'; getopt ab:c -a -b 1 -c foo;"
                                        + " getopt -o a:: -- -a -ab \"it's\"; getopt -o a -n p -- -x; getopt -o '' -l foo: -- --foo"))
                .isEqualTo(
                        " -a --long --arg 'x' -b 'it s' -- 'foo'\n -a -b 1 -c -- foo\n -a '' -a 'b' -- 'it'\\''s'\n --\n --\n"
                                + "!p: invalid option -- 'x'\ngetopt: option '--foo' requires an argument\n=1");
        assertThat(
                        gnu(
                                "set -- $(getopt -o +ab: -- -a x -b y); echo $*; getopt -T; echo $?; getopt -o '' -l food,foot -- --foo"))
                .isEqualTo("-a -- 'x' '-b' 'y'\n4\n --\n"
                        + "!getopt: option '--foo' is ambiguous; possibilities: '--food' '--foot'\n=1");
    }
}
