package dev.kuar.practice.sql;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement came to. */
public sealed interface Outcome {
    /**
     * A column of rows.
     *
     * @param type of {@link Types}
     */
    record Column(String name, int type) {
        /** Whether clients write it at the right. */
        public boolean isNumber() {
            return switch (type) {
                case Types.TINYINT,
                        Types.SMALLINT,
                        Types.INTEGER,
                        Types.BIGINT,
                        Types.REAL,
                        Types.FLOAT,
                        Types.DOUBLE,
                        Types.DECIMAL,
                        Types.NUMERIC -> true;
                default -> false;
            };
        }
    }

    /** A table of texts; null stands for NULL. */
    record Rows(List<Column> columns, List<List<@Nullable String>> rows) implements Outcome {
        /** Of texts alone. */
        public static Rows of(String... names) {
            List<Column> columns = new ArrayList<>();
            Arrays.asList(names).forEach(name -> columns.add(new Column(name, Types.VARCHAR)));
            return new Rows(columns, new ArrayList<>());
        }

        public Rows with(@Nullable String... values) {
            rows.add(new ArrayList<>(Arrays.asList(values)));
            return this;
        }
    }

    /**
     * Something was done.
     *
     * @param info what MySQL adds, or PostgreSQL's tag; empty for nothing
     */
    record Done(long affected, long lastId, String info) implements Outcome {
        public static final Done NOTHING = new Done(0, 0, "");
    }

    /** A refusal: MySQL's number (0 for PostgreSQL's), the SQLSTATE, the message. */
    record Failure(int code, String state, String message) implements Outcome {}
}
