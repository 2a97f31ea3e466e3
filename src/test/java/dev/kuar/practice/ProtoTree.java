package dev.kuar.practice;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A protobuf message read by somebody else than ours. */
record ProtoTree(UnknownFieldSet fields) {
    static ProtoTree of(byte[] bytes) {
        try {
            return new ProtoTree(UnknownFieldSet.parseFrom(bytes));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    long number(int field) {
        List<Long> all = fields.getField(field).getVarintList();
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    String text(int field) {
        return fields.getField(field).getLengthDelimitedList().stream()
                .map(com.google.protobuf.ByteString::toStringUtf8)
                .reduce("", (one, last) -> last);
    }

    List<ProtoTree> all(int field) {
        return fields.getField(field).getLengthDelimitedList().stream()
                .map(each -> of(each.toByteArray()))
                .toList();
    }
}
