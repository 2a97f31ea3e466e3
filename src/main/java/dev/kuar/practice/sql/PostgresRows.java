package dev.kuar.practice.sql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL's protocol writes them, in texts. */
final class PostgresRows {
    private PostgresRows() {}

    static byte[] zeroed(String... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        return out.toByteArray();
    }

    static byte[] columns(Outcome.Rows rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(2).putShort((short) rows.columns().size()).array());
        for (Outcome.Column column : rows.columns()) {
            out.writeBytes(zeroed(column.name()));
            out.writeBytes(ByteBuffer.allocate(18)
                    .putInt(0)
                    .putShort((short) 0)
                    .putInt(type(column.type()))
                    .putShort((short) -1)
                    .putInt(-1)
                    .putShort((short) 0)
                    .array());
        }
        return out.toByteArray();
    }

    static byte[] row(Outcome.Rows rows, List<@Nullable String> row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) row.size()).array());
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i);
            if (value == null) {
                out.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
            } else {
                boolean truth = rows.columns().get(i).type() == Types.BOOLEAN;
                byte[] bytes =
                        (truth ? value.equalsIgnoreCase("true") ? "t" : "f" : value).getBytes(StandardCharsets.UTF_8);
                out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
                out.writeBytes(bytes);
            }
        }
        return out.toByteArray();
    }

    /** PostgreSQL's number of a type. */
    private static int type(int type) {
        return switch (type) {
            case Types.BOOLEAN -> 16;
            case Types.TINYINT, Types.SMALLINT -> 21;
            case Types.INTEGER -> 23;
            case Types.BIGINT -> 20;
            case Types.REAL -> 700;
            case Types.DOUBLE, Types.FLOAT -> 701;
            case Types.DECIMAL, Types.NUMERIC -> 1700;
            case Types.DATE -> 1082;
            case Types.TIME -> 1083;
            case Types.TIMESTAMP -> 1114;
            case Types.TIMESTAMP_WITH_TIMEZONE -> 1184;
            case Types.VARCHAR -> 1043;
            default -> 25;
        };
    }
}
