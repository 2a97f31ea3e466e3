package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gzip, md5sum and its like, cmp, od, strings, split, uuencode: bytes as they are, in busybox and in GNU. */
final class DataToolsTest {
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

    @Test
    void gzip_replaces_files_and_packs_streams() throws Exception {
        for (String image : List.of("busybox:1.36", "alpine:3.22", "debian:12")) {
            assertThat(in(image, "echo hi | gzip | gunzip; echo hi | gzip -9 | zcat; echo hi | gzip -c | gzip -dc"))
                    .as(image)
                    .isEqualTo("hi\nhi\nhi\n");
            assertThat(in(
                            image,
                            "echo hi > a; chmod 600 a; gzip a; ls; gunzip a.gz; stat -c %a a; gzip -k a; gzip -kf a; gzip -t a.gz;"
                                    + " ls; rm a; gzip -dk a.gz; cat a; zcat a.gz"))
                    .as(image)
                    .isEqualTo("a.gz\n600\na\na.gz\nhi\nhi\n");
            assertThat(in(
                            image,
                            "head -c 3000 /dev/urandom > r; gzip -c r > r.gz; gunzip -c r.gz | cmp - r && echo same"))
                    .as(image)
                    .isEqualTo("same\n");
        }
    }

    @Test
    void gzip_says_what_is_wrong() throws Exception {
        assertThat(
                        busybox(
                                "echo hi > a; gzip -k a; gzip a; gunzip a; gzip nope; echo x | gunzip; zcat nope; gzip -Z 2>&1 | head -n 1"))
                .isEqualTo(
                        "gzip: invalid option -- 'Z'\n!gzip: can't open 'a.gz': File exists\ngunzip: a: unknown suffix - ignored\n"
                                + "gzip: nope: No such file or directory\ngunzip: invalid magic\n"
                                + "zcat: nope: No such file or directory\n");
        assertThat(
                        gnu(
                                "echo hi > a; gzip -k a; gzip a; gzip nope; echo x | gunzip; zcat nope; mkdir d; gzip d; rm a.gz; gunzip a"))
                .isEqualTo("!gzip: a.gz already exists;\tnot overwritten\ngzip: nope: No such file or directory\n"
                        + "\ngzip: stdin: not in gzip format\ngzip: nope.gz: No such file or directory\n"
                        + "gzip: d is a directory -- ignored\ngzip: a: unknown suffix -- ignored\n=2");
        assertThat(gnu("echo plain | zcat -f; echo hi > a; gzip -v a; gzip -l a.gz"))
                .isEqualTo("plain\n         compressed        uncompressed  ratio uncompressed_name\n"
                        + "                 23                   3 -66.7% a\n!a:\t-66.7% -- replaced with a.gz\n");
    }

    @Test
    void checksums_are_made_and_checked() throws Exception {
        assertThat(busybox("echo hi | md5sum; echo hi > g; sha1sum g; sha256sum < g; md5sum g > s; md5sum -c s"))
                .isEqualTo("764efa883dda1e11db47671c4a3bbd9e  -\n55ca6286e3e4f4fba5d0448333fa99fc5a404a73  g\n"
                        + "98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4  -\ng: OK\n");
        assertThat(busybox("echo hi | sha512sum | cut -c 1-32; md5sum nope; md5sum /tmp; echo hi > g; md5sum g > s;"
                        + " echo no > g; md5sum -c s; md5sum -sc s; echo $?"))
                .isEqualTo("d78abb0542736865f94704521609c230\ng: FAILED\n1\n"
                        + "!md5sum: can't open 'nope': No such file or directory\nmd5sum: can't read '/tmp': Is a directory\n"
                        + "md5sum: WARNING: 1 of 1 computed checksums did NOT match\n");
        assertThat(gnu(
                        "echo hi > g; md5sum g > s; echo bad >> s; md5sum nope; md5sum -c s; md5sum -c g; md5sum --tag g;"
                                + " rm g; md5sum -c s"))
                .isEqualTo(
                        "g: OK\nMD5 (g) = 764efa883dda1e11db47671c4a3bbd9e\ng: FAILED open or read\n"
                                + "!md5sum: nope: No such file or directory\nmd5sum: WARNING: 1 line is improperly formatted\n"
                                + "md5sum: g: no properly formatted checksum lines found\nmd5sum: g: No such file or directory\n"
                                + "md5sum: WARNING: 1 line is improperly formatted\nmd5sum: WARNING: 1 listed file could not be read\n=1");
    }

    @Test
    void cmp_says_where_files_differ() throws Exception {
        String files = "printf 'a\\nb\\nc\\n' > x; printf 'a\\nB\\nc\\nd' > y; printf 'a\\n' > z; ";
        assertThat(busybox(files + "cmp x y; cmp x z; cmp -l x y; cmp -s x y; echo $?; cmp -n 2 x y; cmp x nope"))
                .isEqualTo("x y differ: char 3, line 2\n3 142 102\n1\n"
                        + "!cmp: EOF on z\ncmp: EOF on x\ncmp: nope: No such file or directory\n=2");
        assertThat(gnu(files + "cmp z x; cmp -b x y; cmp x < /dev/null; cmp"))
                .isEqualTo("x y differ: byte 3, line 2 is 142 b 102 B\n"
                        + "!cmp: EOF on z after byte 2, line 1\ncmp: EOF on - which is empty\n"
                        + "cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.\n=2");
    }

    @Test
    void od_and_strings_show_bytes() throws Exception {
        String file = "printf 'hello world, this\\000is data\\n' > o; ";
        assertThat(busybox(file + "od o; od -c o | tail -n 2; od -An -tx1 -N 5 o; od -tu1 -N 5 -j 2 o; od -d -N 4 o"))
                .isEqualTo("0000000 062550 066154 020157 067567 066162 026144 072040 064550\n"
                        + "0000020 000163 071551 062040 072141 005141\n0000032\n"
                        + "0000020   s  \\0   i   s       d   a   t   a  \\n\n0000032\n"
                        + " 68 65 6c 6c 6f\n0000002 108 108 111  32 119\n0000007\n0000000 25960 27756\n0000004\n");
        assertThat(gnu(file + "od -A x -t x1z -j 16 o; od -t d4 -N 8 o; head -c 64 /dev/zero | od; od nope"))
                .isEqualTo("000010 73 00 69 73 20 64 61 74 61 0a                    >s.is data.<\n00001a\n"
                        + "0000000  1819043176  1870078063\n0000010\n"
                        + "0000000 000000 000000 000000 000000 000000 000000 000000 000000\n*\n0000100\n"
                        + "!od: nope: No such file or directory\n=1");
        assertThat(busybox(file + "strings o; strings -n 8 -t d o"))
                .isEqualTo("hello world, this\nis data\n      0 hello world, this\n");
    }

    @Test
    void asked_for_help_a_program_says_how_it_is_called() throws Exception {
        assertThat(gnu("cmp --help; split --help | cut -c 1-17"))
                .isEqualTo("Usage: cmp [-bls] [-n ARG] [-i ARG] [FILE]...\nUsage: split [-d]\n");
        assertThat(busybox("strings --help"))
                .isEqualTo(
                        "!BusyBox v1.37.0 () multi-call binary.\n\nUsage: strings [-afo] [-n ARG] [-t ARG] [FILE]...\n");
    }

    @Test
    void split_makes_pieces_that_make_the_whole() throws Exception {
        assertThat(gnu("seq 1 2500 > n; split n; ls x*; cat x* | cmp - n && echo same; split -b 4k n p; wc -c pac;"
                        + " split -d -n 3 n q; wc -c q02; split -a 1 -l 1 n z; split nope"))
                .isEqualTo(
                        "xaa\nxab\nxac\nsame\n3201 pac\n3799 q02\n"
                                + "!split: output file suffixes exhausted\nsplit: cannot open 'nope' for reading: No such file or directory\n=1");
    }

    @Test
    void what_is_uuencoded_is_decoded() throws Exception {
        assertThat(busybox(
                        "printf 'a\\nb\\nc\\n' > x; uuencode foo < x; uuencode -m x foo; uuencode x bar | uudecode; cat bar;"
                                + " gzip -c x | uuencode -m y | uudecode -o - | gunzip; echo bad | uudecode"))
                .isEqualTo("begin 644 foo\n&80IB\"F,*\n`\nend\nbegin-base64 644 foo\nYQpiCmMK\n====\na\nb\nc\na\nb\nc\n"
                        + "!uudecode: no 'begin' line\n=1");
    }
}
