package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Python in a container: programs, what it says of wrong ones, and its file server. Held against a real Python 3.11. */
final class PythonTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private final StringBuffer log = new StringBuffer();
    private int count;

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container create(String image, String... command) throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.1." + ++count, "node");
        network.attach(stack);
        Image found = ImageCatalogue.builtIn()
                .find(ImageReference.parse(image).orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        found,
                        List.of(command),
                        List.of(),
                        Map.of("GREETING", "hello"),
                        "",
                        "",
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "py-" + count,
                        stack,
                        Machine.small(clock.now().minusSeconds(7500))),
                (stream, bytes, offset, length) ->
                        log.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        container.start();
        return container;
    }

    private String python(String program) throws Exception {
        return Box.run(create("python:3.11", "sleep", "3600"), "python", "-c", program);
    }

    /** The same from a file, whose lines tracebacks then show. */
    private String script(String program) throws Exception {
        Container box = create("python:3.11", "sleep", "3600");
        assertThat(Box.run(box, "sh", "-c", "printf '%s' \"$0\" > /app.py", program))
                .isEmpty();
        return Box.run(box, "python3", "/app.py");
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !condition.call(); Thread.sleep(2)) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
        }
    }

    @Test
    void versions_and_options() throws Exception {
        assertThat(Box.run(create("python:3.12-slim", "sleep", "3600"), "python", "--version"))
                .isEqualTo("Python 3.12.12\n");
        Container box = create("python:3.13.5", "sleep", "3600");
        assertThat(Box.run(box, "python3", "-V")).isEqualTo("Python 3.13.5\n");
        assertThat(Box.run(box, "python3", "-c"))
                .startsWith("!Argument expected for the -c option\nusage: python3 [option]")
                .endsWith("=2");
        assertThat(Box.run(box, "python3", "none.py"))
                .isEqualTo("!python3: can't open file '//none.py': [Errno 2] No such file or directory\n=2");
        assertThat(Box.run(box, "sh", "-c", "echo 'print(6 * 7)' | python3")).isEqualTo("42\n");
        assertThat(Box.run(box, "python3", "-m", "flask"))
                .isEqualTo("!/usr/local/bin/python: No module named flask\n=1");
    }

    @Test
    void values_and_how_they_are_shown() throws Exception {
        assertThat(python("print(7//2, -7//2, -7%3, 2**100, 7/2, 1e16, 0.1+0.2, 1e-05, 3.0)"))
                .isEqualTo("3 -4 2 1267650600228229401496703205376 3.5 1e+16 0.30000000000000004 1e-05 3.0\n");
        assertThat(python("print([1,'b',(1,),{}], {'k': [None, True]}, b'a\\x00', \"it's\", repr('a\\n'))"))
                .isEqualTo("[1, 'b', (1,), {}] {'k': [None, True]} b'a\\x00' it's 'a\\n'\n");
        assertThat(python("n = 255\nprint(f'{n:>5}|{n:#x}|{n:08b}|{3.14159:.2f}|{1000000:,}|{n=}|{\"x\":^5}|')"))
                .isEqualTo("  255|0xff|11111111|3.14|1,000,000|n=255|  x  |\n");
        assertThat(python("print('%-3s|%05d|%.1f' % ('a', 42, 2.25), '{0} {name!r}'.format(1, name='z'))"))
                .isEqualTo("a  |00042|2.2 1 'z'\n");
    }

    @Test
    void statements_functions_and_classes() throws Exception {
        assertThat(python("for i in range(3):\n  if i == 1: continue\n  print(i, end=' ')\nelse: print('done')"))
                .isEqualTo("0 2 done\n");
        assertThat(python("def f(a, b=2, *c, d, **e): return a, b, c, d, e\nprint(f(1, 2, 3, d=4, x=5))"))
                .isEqualTo("(1, 2, (3,), 4, {'x': 5})\n");
        assertThat(
                        python(
                                "class A:\n  def __init__(self, x): self.x = x\n  def __str__(self): return f'<{self.x}>'\n"
                                        + "class B(A):\n  def __init__(self):\n    super().__init__(7)\nprint(B(), isinstance(B(), A))"))
                .isEqualTo("<7> True\n");
        assertThat(python("try:\n  {}['x']\nexcept (ValueError, KeyError) as e: print(repr(e))\nfinally: print('end')"))
                .isEqualTo("KeyError('x')\nend\n");
        assertThat(python(
                        "a, *b = [x*x for x in range(5) if x % 2 == 0]\nprint(a, b, {k: v for k, v in zip('ab', b)})"))
                .isEqualTo("0 [4, 16] {'a': 4, 'b': 16}\n");
    }

    @Test
    void the_process_around_it() throws Exception {
        assertThat(python("import os, sys, time; time.sleep(0.01); print(os.environ['GREETING'], os.getenv('NO', '-'),"
                        + " sys.argv, file=sys.stderr); sys.exit(3)"))
                .isEqualTo("!hello - ['-c']\n=3");
        assertThat(python("import sys; sys.exit('no way')")).isEqualTo("!no way\n=1");
        assertThat(python("import socket, subprocess\nprint(socket.gethostname())\n"
                        + "print(subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout.strip())"))
                .isEqualTo("py-" + count + "\nhi\n");
        assertThat(script("with open('/tmp/a', 'w') as f:\n    f.write('one\\ntwo\\n')\n"
                        + "for line in open('/tmp/a'): print(line.strip())\n"
                        + "import json; print(json.dumps({'a': [1, None]}), json.loads('[true]'))\n"))
                .isEqualTo("one\ntwo\n{\"a\": [1, null]} [True]\n");
        Container box = create("python:3.11", "sleep", "3600");
        assertThat(Box.run(box, "sh", "-c", "echo task-7 | python -c 'import sys; print(\"Got \" + sys.stdin.read())'"))
                .isEqualTo("Got task-7\n\n");
    }

    @Test
    void what_is_wrong_with_a_program() throws Exception {
        assertThat(python("print(x)"))
                .isEqualTo("!Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\n"
                        + "NameError: name 'x' is not defined\n=1");
        assertThat(python("print(1"))
                .isEqualTo("!  File \"<string>\", line 1\n    print(1\n         ^\n"
                        + "SyntaxError: '(' was never closed\n=1");
        assertThat(python("print 1"))
                .isEqualTo("!  File \"<string>\", line 1\n    print 1\n    ^^^^^^^\n"
                        + "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?\n=1");
        assertThat(python("if True\n  pass")).contains("SyntaxError: expected ':'");
        assertThat(python("def f():\nprint(1)"))
                .contains("IndentationError: expected an indented block after function definition on line 1");
        assertThat(python("import requests")).contains("ModuleNotFoundError: No module named 'requests'");
        assertThat(script("def add(a, b):\n    return a + b\nprint('first')\nprint(add(1, '2'))\n"))
                .isEqualTo("first\n!Traceback (most recent call last):\n  File \"/app.py\", line 4, in <module>\n"
                        + "    print(add(1, '2'))\n          ^^^^^^^^^^^\n  File \"/app.py\", line 2, in add\n"
                        + "    return a + b\n           ~~^~~\n"
                        + "TypeError: unsupported operand type(s) for +: 'int' and 'str'\n=1");
        assertThat(script("try:\n    1/0\nexcept ZeroDivisionError:\n    raise ValueError('second')\n"))
                .contains(
                        "    1/0\n    ~^~\nZeroDivisionError: division by zero\n\nDuring handling of the above exception,"
                                + " another exception occurred:\n\nTraceback");
    }

    @Test
    void what_it_does_not_have() throws Exception {
        assertThat(python("import asyncio"))
                .isEqualTo(
                        "!python: the practice cluster's Python does not have the module 'asyncio' (\"<string>\", line 1)\n=1");
        assertThat(python("def f():\n  yield 1"))
                .isEqualTo("!python: the practice cluster's Python does not have 'yield' (\"<string>\", line 2)\n=1");
    }

    @Test
    void output_waits_in_a_buffer_unless_told_not_to() throws Exception {
        create("python:3.11", "python", "-c", "import time\nprint('kept')\ntime.sleep(3600)");
        create("python:3.11", "python", "-u", "-c", "import time\nprint('said')\ntime.sleep(3600)");
        until(() -> log.toString().contains("said"));
        assertThat(log.toString()).isEqualTo("said\n");
    }

    @Test
    void the_file_server() throws Exception {
        Container box = create(
                "python:3.13",
                "sh",
                "-c",
                "mkdir -p /srv/sub && echo hi > /srv/a.txt && echo '{}' > '/srv/b c.json' && cd /srv && exec python3 -u -m http.server");
        until(() -> log.toString().contains("Serving"));
        assertThat(log.toString()).isEqualTo("Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...\n");
        assertThat(Box.run(box, "curl", "-s", "localhost:8000/"))
                .isEqualTo("<!DOCTYPE HTML>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<title>Directory listing for /</title>\n</head>\n<body>\n<h1>Directory listing for /</h1>\n<hr>\n<ul>\n"
                        + "<li><a href=\"a.txt\">a.txt</a></li>\n<li><a href=\"b%20c.json\">b c.json</a></li>\n"
                        + "<li><a href=\"sub/\">sub/</a></li>\n</ul>\n<hr>\n</body>\n</html>\n");
        assertThat(Box.run(box, "curl", "-si", "localhost:8000/a.txt"))
                .startsWith("HTTP/1.0 200 OK\r\nServer: SimpleHTTP/0.6 Python/3.13.9\r\nDate: ")
                .contains("Content-type: text/plain\r\nContent-Length: 3\r\nLast-Modified: ")
                .endsWith("\r\n\r\nhi\n");
        assertThat(Box.run(box, "curl", "-si", "localhost:8000/none"))
                .startsWith("HTTP/1.0 404 File not found\r\n")
                .contains(
                        "<p>Message: File not found.</p>\n        <p>Error code explanation: 404 - Nothing matches the given URI.</p>");
        assertThat(Box.run(box, "curl", "-si", "-X", "POST", "localhost:8000/"))
                .startsWith("HTTP/1.0 501 Unsupported method ('POST')\r\n");
        assertThat(Box.run(box, "curl", "-si", "localhost:8000/sub?x=1"))
                .startsWith("HTTP/1.0 301 Moved Permanently\r\n")
                .contains("Location: /sub/?x=1\r\n");
        assertThat(Box.run(box, "curl", "-s", "--path-as-is", "localhost:8000/../etc/passwd"))
                .contains("404");
        assertThat(log.toString().replaceAll("\\[.*?\\]", "[]").lines().skip(1))
                .containsExactly(
                        "127.0.0.1 - - [] \"GET / HTTP/1.1\" 200 -",
                        "127.0.0.1 - - [] \"GET /a.txt HTTP/1.1\" 200 -",
                        "127.0.0.1 - - [] code 404, message File not found",
                        "127.0.0.1 - - [] \"GET /none HTTP/1.1\" 404 -",
                        "127.0.0.1 - - [] code 501, message Unsupported method ('POST')",
                        "127.0.0.1 - - [] \"POST / HTTP/1.1\" 501 -",
                        "127.0.0.1 - - [] \"GET /sub?x=1 HTTP/1.1\" 301 -",
                        "127.0.0.1 - - [] code 404, message File not found",
                        "127.0.0.1 - - [] \"GET /../etc/passwd HTTP/1.1\" 404 -");
        assertThat(Box.run(box, "python3", "-m", "http.server"))
                .endsWith("OSError: [Errno 98] Address already in use\n=1");
        assertThat(Box.run(box, "python3", "-m", "http.server", "x"))
                .endsWith("server.py: error: argument port: invalid int value: 'x'\n=2");
    }

    @Test
    void fetching_from_a_server() throws Exception {
        create(
                "python:3.11",
                "sh",
                "-c",
                "mkdir /d && echo page > /d/index.html && exec python -u -m http.server 80 -d /d");
        until(() -> log.toString().contains("Serving"));
        assertThat(
                        python(
                                "import urllib.request as r\nwith r.urlopen('http://10.244.1.1/') as a: print(a.status, a.read().decode().strip())"))
                .isEqualTo("200 page\n");
        assertThat(python("import urllib.request\nurllib.request.urlopen('http://10.244.1.1/none')"))
                .endsWith("urllib.error.HTTPError: HTTP Error 404: File not found\n=1");
        assertThat(python("import urllib.request\nurllib.request.urlopen('http://10.244.1.1:81/')"))
                .endsWith("urllib.error.URLError: <urlopen error [Errno 111] Connection refused>\n=1");
    }
}
