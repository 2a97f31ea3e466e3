package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Perl's one-liners: what Jobs of tutorials compute and print. */
final class PerlTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private String perl(String... args) throws Exception {
        String[] argv = new String[args.length + 1];
        argv[0] = "perl";
        System.arraycopy(args, 0, argv, 1, args.length);
        return Box.run(Box.container(runtime, "perl:5.34.0", "", List.of(), "sleep", "3600"), argv);
    }

    @Test
    void pi_to_many_digits() throws Exception {
        String pi = perl("-Mbignum=bpi", "-wle", "print bpi(2000)");
        assertThat(pi).hasSize(2002).startsWith("3.14159265358979323846264338327950288419716939937510");
        assertThat(pi.strip()).endsWith("4780275901");
        assertThat(perl("-Mbignum=bpi", "-wle", "print bpi(5)")).isEqualTo("3.1416\n");
    }

    @Test
    void numbers_texts_loops_and_ends() throws Exception {
        assertThat(perl("-e", "print 2 ** 100, \"\\n\"")).isEqualTo("1267650600228229401496703205376\n");
        assertThat(perl("-le", "print 1 + 2 * 3 . \"x\"; print 7 / 2; print \"-\" x 5"))
                .isEqualTo("7x\n3.5\n-----\n");
        assertThat(perl("-le", "for my $i (1..3) { print \"item $i\" if $i != 2 }"))
                .isEqualTo("item 1\nitem 3\n");
        assertThat(perl("-le", "my $n = 3; while ($n > 0) { print $n; $n--; } print join(',', 1..3)"))
                .isEqualTo("3\n2\n1\n1,2,3\n");
        assertThat(perl("-e", "print \"$ENV{GREETING}\\n\"; exit 42")).isEqualTo("hello\n=42");
        assertThat(perl("-e", "die \"no way\"")).isEqualTo("!no way at -e line 1.\n=255");
        assertThat(perl("-e", "print 1 1"))
                .startsWith("!syntax error at -e line 1, near \"1")
                .endsWith("=255");
        assertThat(perl("-e", "print nothing(1)"))
                .isEqualTo("!Undefined subroutine &main::nothing called at -e line 1.\n=255");
    }
}
