"""What the figures share: rows, yardsticks, the recorded peers, a practice cluster served, a program in a terminal."""
import base64, concurrent.futures, fcntl, http.client, json, os, pty, re, select, shutil, signal, socket, statistics, struct
import subprocess, sys, tempfile, termios, time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KUAR = os.path.join(ROOT, "scripts", "kuar")
ROUNDS = int(os.environ.get("KUAR_BENCH_ROUNDS", "9"))
RECORDED = json.load(open(os.path.join(HERE, "recorded.json")))


def row(what, figure, unit, against="", peer=None, budget=None, ratio=True):
    """One line: the figure, its peer, their ratio, the budget for it (or, without a peer, for the figure itself)."""
    against, sides = against[:34], "" if peer is None else "%9.0f %-4s" % (peer, unit) if peer >= 20 else "%9.2f %-4s" % (peer, unit)
    shown = "%9.0f %-4s" % (figure, unit) if figure >= 20 else "%9.2f %-4s" % (figure, unit)
    part = "%8.2f" % (figure / peer) if peer and ratio else "%8s" % ""
    print("%-44s %s   %-34s %14s %s %8s" % (what, shown, against, sides, part, "" if budget is None else budget), flush=True)


def skip(what, why):
    print("%-44s skipped: %s" % (what, why), flush=True)
    sys.exit(0)


def need(program, what):
    found = shutil.which(program)
    return found if found else skip(what, program + " is not installed")


def yardstick(name):
    """What a yardstick shows here and now; measured once in a run of bench. None where its program is missing."""
    kept = os.path.join(os.environ.get("KUAR_BENCH_RUN", ""), "yardstick-" + name) if "KUAR_BENCH_RUN" in os.environ else ""
    if kept and os.path.exists(kept):
        return json.load(open(kept))
    program = java("jshell") if name == "jshell" else shutil.which("etcd")
    value = None if not program or not os.path.exists(program) else jshell(program) if name == "jshell" else etcd(program)
    if kept:
        json.dump(value, open(kept, "w"))
    return value


def recorded(name, what):
    """The recorded figure as it would be on this machine, and what it is; leaves the row out where that cannot be told."""
    figure = RECORDED["figures"][name]
    if not figure["yardstick"]:
        return figure["value"], figure["is"]
    there, here = RECORDED["yardsticks"][figure["yardstick"]], yardstick(figure["yardstick"])
    if here is None:
        skip(what, figure["yardstick"] + " is not installed")
    return figure["value"] * here / there["value"], figure["is"]


def java(tool):
    home = os.environ.get("JAVA_HOME") or os.path.dirname(os.path.dirname(os.path.realpath(need("java", tool))))
    return os.path.join(home, "bin", tool)


def jshell(program):
    """Median seconds from start to exit, after one warm-up."""
    seconds = []
    for _ in range(6):
        start = time.perf_counter()
        subprocess.run([program], input=b"/exit\n", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def puts(port, client, count):
    link, value = http.client.HTTPConnection("127.0.0.1", port), base64.b64encode(os.urandom(500)).decode()
    for number in range(count):
        key = base64.b64encode(f"{client}/{number}".encode()).decode()
        link.request("POST", "/v3/kv/put", json.dumps({"key": key, "value": value}))
        answer = link.getresponse()
        answer.read()
        if answer.status != 200:
            raise OSError(f"etcd answered {answer.status}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def etcd(program):
    """Puts a second, by 16 clients, into a fresh etcd that syncs them to disk."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        ours, peers = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{free_port()}"
        server = subprocess.Popen(
            [program, "--data-dir", folder, "--listen-client-urls", ours, "--advertise-client-urls", ours,
             "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", f"default={peers}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    puts(port, "warm", 1)
                    break
                except OSError:
                    time.sleep(0.05)
            puts(port, "alone", 300)
            start = time.perf_counter()
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                list(pool.map(lambda client: puts(port, client, 200), range(16)))
            return 3200 / (time.perf_counter() - start)
        finally:
            server.terminate()
            server.wait()


class Served:
    """`practice serve` of a new cluster, from its start to the end of the block; durable; in a home of its own, or in one that is kept."""
    def __init__(self, nodes, *more, home=""):
        self.kept = bool(home)
        self.home = home or tempfile.mkdtemp(prefix="kuar-bench-")
        name = "bench-%d" % len(os.listdir(self.home))
        self.kubeconfig = os.path.join(self.home, name)
        self.environment = dict(os.environ, KUAR_HOME=os.path.join(self.home, "kuar"), KUBECONFIG=self.kubeconfig, HOME=self.home)
        self.command = [KUAR, "practice", "serve", name, "--nodes", str(nodes), "--kubeconfig", self.kubeconfig, *more]

    def __enter__(self):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self

    def await_kubeconfig(self):
        while not os.path.exists(self.kubeconfig) and self.process.poll() is None:
            time.sleep(0.005)

    def await_ready(self):
        for line in self.process.stdout:
            if line.startswith(b"ready"):
                return
        raise OSError("practice serve ended")

    def __exit__(self, *unused):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if not self.kept:
            shutil.rmtree(self.home, ignore_errors=True)


def load(kubeconfig, *words):
    """scripts/load's figures by their units."""
    printed = subprocess.run(
        [os.path.join(ROOT, "scripts", "load"), kubeconfig, *map(str, words)], check=True, stdout=subprocess.PIPE).stdout.split()
    return {unit.decode(): float(value) for value, unit in zip(printed[::2], printed[1::2])}


class Terminal:
    """A program in a terminal of its own, of 80 columns; `await_text` sees what it printed since the last `type`."""
    def __init__(self, command, environment):
        self.started, self.seen = time.perf_counter(), b""
        self.child, self.fd = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvpe(command[0], command, environment)

    def type(self, line):
        self.seen, self.typed = b"", time.perf_counter()
        os.write(self.fd, line.encode() + b"\r")

    def await_text(self, pattern, limit=120):
        """Seconds since the last typed line until the pattern was printed."""
        end = time.perf_counter() + limit
        while not re.search(pattern, self.seen):
            if time.perf_counter() > end:
                raise TimeoutError(f"{pattern!r} did not come: {self.seen[-2000:]!r}")
            if select.select([self.fd], [], [], 0.5)[0]:
                self.seen += os.read(self.fd, 65536)
        return time.perf_counter() - self.typed if hasattr(self, "typed") else time.perf_counter() - self.started

    def close(self):
        os.close(self.fd)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
