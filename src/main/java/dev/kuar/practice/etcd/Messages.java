package dev.kuar.practice.etcd;

/** Messages of etcd's API that are said to clients, as their bytes. */
public final class Messages {
    private Messages() {}

    /** A RangeResponse, PutResponse, DeleteRangeResponse or TxnResponse. */
    public static byte[] answer(Answer answer, byte[] header) {
        Proto message = new Proto().message(1, header);
        if (answer instanceof Answer.Range range) {
            range.entries().forEach(each -> message.message(2, Proto.keyValue(each)));
            message.number(3, range.more() ? 1 : 0).number(4, range.count());
        } else if (answer instanceof Answer.Put put) {
            put.previous().ifPresent(each -> message.message(2, Proto.keyValue(each)));
        } else if (answer instanceof Answer.Delete delete) {
            message.number(2, delete.deleted());
            delete.previous().forEach(each -> message.message(3, Proto.keyValue(each)));
        } else if (answer instanceof Answer.Transaction transaction) {
            message.number(2, transaction.succeeded() ? 1 : 0);
            for (Answer each : transaction.answers()) {
                byte[] inner =
                        answer(each, new Proto().number(3, each.revision()).toBytes());
                message.message(3, new Proto().message(place(each), inner).toBytes());
            }
        }
        return message.toBytes();
    }

    private static int place(Answer answer) {
        return answer instanceof Answer.Range
                ? 1
                : answer instanceof Answer.Put ? 2 : answer instanceof Answer.Delete ? 3 : 4;
    }

    /** An Event. */
    public static byte[] event(Event event, boolean previous) {
        Proto message = new Proto().number(1, event.put() ? 0 : 1).message(2, Proto.keyValue(event.entry()));
        if (previous) {
            event.previous().ifPresent(each -> message.message(3, Proto.keyValue(each)));
        }
        return message.toBytes();
    }
}
