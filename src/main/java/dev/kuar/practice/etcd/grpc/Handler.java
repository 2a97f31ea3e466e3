package dev.kuar.practice.etcd.grpc;

/** What becomes of a call's messages. Nothing of it runs beside another thing of it. */
interface Handler {
    /** @throws RuntimeException which ends the call */
    void message(byte[] message);

    /** The client sends no more. */
    void end();

    /** There is room again for more to send. */
    default void room() {}

    /** The call has ended, whoever ended it. */
    default void gone() {}
}
