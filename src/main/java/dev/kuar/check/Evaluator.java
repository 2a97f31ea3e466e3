package dev.kuar.check;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.kuar.check.CheckLanguage.Compiled;
import dev.kuar.check.Verdict.CannotCheck;
import dev.kuar.check.Verdict.Obstacle;
import dev.kuar.error.UserException;
import dev.kuar.kube.ReadException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions over a {@link Reading}, each within ten seconds, in threads that don't keep the program alive. */
final class Evaluator {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final CheckLanguage language;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    });

    Evaluator(CheckLanguage language) {
        this.language = language;
    }

    Outcome evaluate(Expression expression, Reading reading) {
        return evaluate(expression, reading, null);
    }

    /** Like {@link #evaluate(Expression, Reading)}; {@code listener} hears the value of every part. */
    Outcome evaluate(Expression expression, Reading reading, @Nullable CelEvaluationListener listener) {
        Compiled compiled;
        try {
            compiled = language.compile(expression);
        } catch (UserException e) {
            return new Outcome.Failed(new CannotCheck(Obstacle.EXPRESSION, String.valueOf(e.getMessage())));
        }
        Future<Outcome> result = threads.submit(() -> run(compiled, reading, listener));
        try {
            return result.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            return new Outcome.Failed(
                    new CannotCheck(Obstacle.EXPRESSION, "no result within " + LIMIT.toSeconds() + " s"));
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Failed(new CannotCheck(Obstacle.EXPRESSION, "interrupted"));
        } catch (ExecutionException e) {
            return new Outcome.Failed(new CannotCheck(Obstacle.EXPRESSION, String.valueOf(e.getCause())));
        }
    }

    private Outcome run(Compiled compiled, Reading reading, @Nullable CelEvaluationListener listener) {
        Variables variables = new Variables(reading, () -> right(reading));
        CelLateFunctionBindings functions = CelLateFunctionBindings.from(Vocabulary.bindings(reading));
        try {
            Object value = listener == null
                    ? compiled.program().eval(variables, functions)
                    : compiled.program().trace(variables, functions, listener);
            return new Outcome.Value(value);
        } catch (CelEvaluationException e) {
            return failure(e);
        } catch (RuntimeException e) {
            return new Outcome.Failed(new CannotCheck(Obstacle.EXPRESSION, String.valueOf(e.getMessage())));
        }
    }

    private Object right(Reading reading) {
        Expression question = reading.situation().rightAnswer();
        if (question == null) {
            return "";
        }
        Reading unanswered = new Reading(reading.situation().withAnswer("", null));
        Outcome outcome = run(language.compile(question), unanswered, null);
        if (outcome instanceof Outcome.Value v) {
            return v.value();
        }
        if (outcome instanceof Outcome.Failed f && f.verdict().why() != Obstacle.EXPRESSION) {
            throw new ReadException(
                    ReadException.Cause.valueOf(f.verdict().why().name()),
                    f.verdict().detail(),
                    null);
        }
        return "";
    }

    private static Outcome failure(CelEvaluationException e) {
        Optional<ReadException> read = cause(e, ReadException.class);
        if (read.isPresent()) {
            return new Outcome.Failed(new CannotCheck(
                    Obstacle.valueOf(read.get().why().name()),
                    String.valueOf(read.get().getMessage())));
        }
        Optional<IllegalArgumentException> argument = cause(e, IllegalArgumentException.class);
        String detail = String.valueOf(argument.map(Throwable::getMessage).orElse(e.getMessage()));
        boolean missing = e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND
                || e.getErrorCode() == CelErrorCode.INDEX_OUT_OF_BOUNDS
                || argument.map(a -> String.valueOf(a.getMessage()).startsWith("not a "))
                        .orElse(false);
        return missing ? new Outcome.Missing(detail) : new Outcome.Failed(new CannotCheck(Obstacle.EXPRESSION, detail));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable start, Class<T> type) {
        for (Throwable t = start; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
