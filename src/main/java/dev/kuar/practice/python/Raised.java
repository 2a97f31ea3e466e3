package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception of the program on its way, with the calls that it has left, innermost first. */
final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instance value;
    private final transient List<Place> places = new ArrayList<>();
    private transient @Nullable Scope noted;
    private transient @Nullable Raised before;
    private String link = "";

    Raised(Instance value) {
        super(null, null, false, false);
        this.value = value;
    }

    /** Where a function was: {@code file} as it is shown, {@code function} {@code <module>} outside of all. */
    record Place(String file, Span span, String function, String source) {}

    static Raised of(String type, String message) {
        return new Raised((Instance) Exceptions.of(type).call(Arguments.of(message)));
    }

    /** What the kernel refused; {@code path} is null where it was about none. */
    static Raised of(PythonHost.SystemFault fault, @Nullable String path) {
        Instance made = (Instance) Exceptions.of(Exceptions.ofErrno(fault.number()))
                .call(Arguments.of(java.math.BigInteger.valueOf(fault.number()), fault.words()));
        made.attributes().put("errno", java.math.BigInteger.valueOf(fault.number()));
        made.attributes().put("strerror", fault.words());
        made.attributes().put("filename", path == null ? Nothing.NONE : path);
        return new Raised(made);
    }

    Instance value() {
        return value;
    }

    boolean isA(String type) {
        return value.type().isA(Exceptions.of(type));
    }

    /** Notes that {@code scope} is among the places already, so that it is not named twice when this goes on from there. */
    void note(Scope scope) {
        noted = scope;
    }

    boolean isNotedIn(Scope scope) {
        return noted == scope;
    }

    /** It came of another one: while that was handled, or because of it. The first who says so is right. */
    void follows(@Nullable Raised other, String how) {
        if (link.isEmpty() && other != this) {
            before = other;
            link = how;
        }
    }

    @Nullable
    Raised before() {
        return before;
    }

    /** What is said between the two. */
    String link() {
        return link;
    }

    List<Place> places() {
        return places;
    }

    @Override
    public String getMessage() {
        return value.type().fullName() + ": " + Values.str(value);
    }
}
