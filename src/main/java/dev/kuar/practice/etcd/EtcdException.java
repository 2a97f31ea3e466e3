package dev.kuar.practice.etcd;

/** A refusal in etcd's words, with the name and number of its gRPC code. */
public final class EtcdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public EtcdException(Code code, String words) {
        super(words);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The codes that etcd uses. */
    public enum Code {
        INVALID_ARGUMENT("InvalidArgument", 3),
        NOT_FOUND("NotFound", 5),
        RESOURCE_EXHAUSTED("ResourceExhausted", 8),
        FAILED_PRECONDITION("FailedPrecondition", 9),
        OUT_OF_RANGE("OutOfRange", 11),
        UNIMPLEMENTED("Unimplemented", 12),
        UNAVAILABLE("Unavailable", 14);

        private final String text;
        private final int number;

        Code(String text, int number) {
            this.text = text;
            this.number = number;
        }

        public String text() {
            return text;
        }

        public int number() {
            return number;
        }
    }

    public static EtcdException compacted() {
        return new EtcdException(Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted");
    }

    static EtcdException future() {
        return new EtcdException(Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision");
    }

    static EtcdException noSpace() {
        return new EtcdException(Code.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded");
    }

    public static EtcdException invalid(String what) {
        return new EtcdException(Code.INVALID_ARGUMENT, "etcdserver: " + what);
    }

    public static EtcdException noLease() {
        return new EtcdException(Code.NOT_FOUND, "etcdserver: requested lease not found");
    }
}
