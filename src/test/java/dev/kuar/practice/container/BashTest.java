package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bash knows beyond the POSIX shell. */
final class BashTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);
    private Container box;

    @BeforeEach
    void start() throws Exception {
        box = Box.container(runtime, "docker.io/library/bash:5", "", List.of(), "sleep", "infinity");
    }

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private String bash(String script) throws Exception {
        return Box.run(box, "bash", "-c", script);
    }

    @Test
    void arrays_hold_words_by_number() throws Exception {
        assertThat(
                        bash(
                                "items=(foo 'bar baz' qux); i=1; echo ${items[$i]} ${items[i+1]} $items ${#items[@]} ${#items[0]}"))
                .isEqualTo("bar baz qux foo 3 3\n");
        assertThat(bash("a=(1 2); a+=(\"3 4\"); a[7]=x; for e in \"${a[@]}\"; do echo \"<$e>\"; done; echo ${!a[@]}"))
                .isEqualTo("<1>\n<2>\n<3 4>\n<x>\n0 1 2 7\n");
        assertThat(bash("f() { local a=(x y); echo ${a[-1]} ${a[5]:-none}; }; f; unset a; echo \"[${a[0]}]\""))
                .isEqualTo("y none\n[]\n");
        assertThat(bash("a=($(seq 3)); echo ${a[*]} | tr ' ' +; (a[0]=9; echo $a); echo $a"))
                .isEqualTo("1+2+3\n9\n1\n");
    }

    @Test
    void counts_and_reckons() throws Exception {
        assertThat(
                        bash(
                                "for ((i = 0; i < 3; i++)); do echo -n $i; done; ((i > 2)) && echo more; ((i == 0)) || echo no"))
                .isEqualTo("012more\nno\n");
        assertThat(bash("n=5; ((n--)); ((n += 2)); echo $n $((n++ * 2)) $n")).isEqualTo("6 12 7\n");
    }

    @Test
    void braces_make_words() throws Exception {
        assertThat(bash("echo {1..4} {08..10} {c..a} a{x,y}z {1..9..4} '{1..2}' {a} ${HOME}"))
                .isEqualTo("1 2 3 4 08 09 10 c b a axz ayz 1 5 9 {1..2} {a} /root\n");
    }

    @Test
    void double_brackets_match_patterns_and_expressions() throws Exception {
        assertThat(
                        bash(
                                "h=web-12; if [[ $h =~ ^(.+)-([0-9]+)$ ]]; then echo ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}; fi"))
                .isEqualTo("web 12\n");
        assertThat(
                        bash(
                                "x='a b'; [[ $x == a* && -n $x ]] && echo yes; [[ -z $nothing || 1 -gt 2 ]] && echo empty; [[ $x == 'a*' ]] || echo quoted"))
                .isEqualTo("yes\nempty\nquoted\n");
    }

    @Test
    void has_strings_of_its_own() throws Exception {
        assertThat(bash("cat <<< \"one $((1 + 1))\"; echo $'a\\tb'; v=text; n=v; echo ${!n} ${v^} ${v^^} $UID"))
                .isEqualTo("one 2\na\tb\ntext Text TEXT 0\n");
        assertThat(bash("set -o pipefail; false | true; echo $?")).isEqualTo("1\n");
    }

    @Test
    void words_what_is_not_there_as_bash_does() throws Exception {
        assertThat(bash("true\nnosuch")).isEqualTo("!bash: line 2: nosuch: command not found\n=127");
        assertThat(bash("set -u; echo $nosuch")).isEqualTo("!bash: line 1: nosuch: unbound variable\n=127");
        assertThat(Box.run(box, "sh", "-c", "a=(1)")).isEqualTo("!sh: syntax error: unexpected \"(\"\n=2");
    }
}
