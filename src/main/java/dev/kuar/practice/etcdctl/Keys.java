package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Answer;
import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Messages;
import dev.kuar.practice.etcd.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** {@code get}, {@code put}, {@code del}, {@code compaction}. */
final class Keys {
    private static final Duration TIME_TO_THINK = Duration.ofSeconds(2);

    private final Session run;
    private final Line line;

    Keys(Session run) {
        this.run = run;
        this.line = run.line();
    }

    int get() throws IOException, Refusal {
        return ask(KeyLines.get(line), "KV/Range");
    }

    int put() throws IOException, Refusal {
        return ask(KeyLines.put(line, () -> run.host().input()), "KV/Put");
    }

    int delete() throws IOException, InterruptedException, Refusal {
        Request.Delete request = KeyLines.delete(line);
        if (line.size() > 2 && !line.has("range")) {
            warn();
        }
        return ask(request, "KV/DeleteRange");
    }

    /** A range between two keys is easily meant as two keys. */
    private void warn() throws IOException, InterruptedException {
        if (!run.modern()) {
            run.host()
                    .error(
                            "In etcd v3.6, the operation will be suspended for a few seconds to provide the user time to verify range.\n");
            return;
        }
        run.host()
                .error(
                        "Warning: Keys between \"" + line.word(1) + "\" and \"" + line.word(2)
                                + "\" will be deleted. Please interrupt the command within next 2 seconds to cancel. You can provide `--range` flag to avoid the delay.\n");
        run.host().pause(TIME_TO_THINK);
    }

    private int ask(Request request, String method) throws IOException, Refusal {
        return print(run, run.asked(request, method));
    }

    static int print(Session run, Answer answer) throws IOException, Refusal {
        Header header = run.header(answer.revision());
        return switch (run.line().form()) {
            case "json" -> run.json(Answers.json(answer, header.json(false)));
            case "fields" -> run.say(Answers.fields(answer, header.fields()));
            case "protobuf" -> run.say(Messages.answer(answer, header.proto()));
            case "table" -> throw run.unsupported();
            default -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Answers.of(run.line()).simple(out, answer);
                yield run.say(out.toByteArray());
            }
        };
    }

    int compact() throws IOException, Refusal {
        long revision;
        try {
            revision = Long.parseLong(line.word(1));
        } catch (NumberFormatException wrong) {
            throw new Refusal(Refusal.ERROR, "strconv.ParseInt: parsing \"" + line.word(1) + "\": invalid syntax");
        }
        try {
            run.etcd().compact(revision);
        } catch (EtcdException gone) {
            throw run.refused("KV/Compact", gone);
        }
        return run.say("compacted revision " + revision + "\n");
    }
}
