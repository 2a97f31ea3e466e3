package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.LIST;
import static dev.kuar.practice.cel.FunctionSet.TEXT;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code '%s has %d'.format([name, count])}, as cel-go 0.26 writes values in its English. */
final class TextFunctions {
    private TextFunctions() {}

    static void addTo(FunctionSet set) {
        set.named("string_format", "format", TEXT, List.of(TEXT, LIST), a -> {
            List<?> values = (List<?>) a[1];
            try {
                return TextFormat.write(
                        (String) a[0],
                        values.size(),
                        (verb, precision, i) -> written(verb, precision, Objects.requireNonNull(values.get(i))));
            } catch (TextFormat.Fault fault) {
                throw FunctionSet.failure(fault.said());
            }
        });
    }

    private static String written(char verb, @Nullable Integer precision, Object value) throws TextFormat.Fault {
        boolean whole = value instanceof Long || value instanceof Integer || value instanceof UnsignedLong;
        int digits = precision == null ? 6 : precision;
        switch (verb) {
            case 's' -> {
                return shown(value);
            }
            case 'd' -> {
                if (whole) {
                    return value.toString();
                }
            }
            case 'f' -> {
                if (value instanceof Double number) {
                    return isFinite(number) ? String.format(Locale.US, "%,." + digits + "f", number) : endless(number);
                }
            }
            case 'e' -> {
                if (value instanceof Double number) {
                    return isFinite(number) ? scientific(number, digits) : endless(number);
                }
            }
            case 'b' -> {
                if (value instanceof Boolean truth) {
                    return truth ? "1" : "0";
                } else if (whole) {
                    return based(value, 2);
                }
            }
            case 'o' -> {
                if (whole) {
                    return based(value, 8);
                }
            }
            default -> {
                String hex = whole
                        ? based(value, 16)
                        : value instanceof String text
                                ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                                : value instanceof CelByteString bytes
                                        ? HexFormat.of().formatHex(bytes.toByteArray())
                                        : "";
                if (whole || value instanceof String || value instanceof CelByteString) {
                    return verb == 'X' ? hex.toUpperCase(Locale.ROOT) : hex;
                }
            }
        }
        throw TextFormat.misfit(verb, name(value), -1);
    }

    private static boolean isFinite(double number) {
        return !Double.isInfinite(number) && !Double.isNaN(number);
    }

    private static String endless(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
    }

    /** {@code 1.500000×10⁰³}. */
    private static String scientific(double number, int digits) {
        String[] parts = String.format(Locale.US, "%." + digits + "e", number).split("e", 2);
        StringBuilder power = new StringBuilder();
        for (char c : parts[1].toCharArray()) {
            power.append(c == '+' ? "" : c == '-' ? "⁻" : String.valueOf("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0')));
        }
        return parts[0] + "×10" + power;
    }

    private static String based(Object value, int radix) {
        return value instanceof UnsignedLong number
                ? Long.toUnsignedString(number.longValue(), radix)
                : Long.toString(((Number) value).longValue(), radix);
    }

    private static String shown(Object value) throws TextFormat.Fault {
        if (value instanceof List<?> list) {
            StringBuilder out = new StringBuilder("[");
            for (Object each : list) {
                out.append(out.length() == 1 ? "" : ", ").append(quoted(Objects.requireNonNull(each)));
            }
            return out.append(']').toString();
        } else if (value instanceof Map<?, ?> map) {
            java.util.TreeMap<String, String> sorted = new java.util.TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(
                        quoted(Objects.requireNonNull(entry.getKey())),
                        quoted(Objects.requireNonNull(entry.getValue())));
            }
            StringBuilder out = new StringBuilder("{");
            sorted.forEach((key, each) -> out.append(out.length() == 1 ? "" : ", ")
                    .append(key)
                    .append(':')
                    .append(each));
            return out.append('}').toString();
        } else if (value instanceof NullValue) {
            return "null";
        } else if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e21
                    ? new java.math.BigDecimal(number).toPlainString()
                    : number.toString();
        } else if (value instanceof Duration duration) {
            return seconds(duration);
        } else if (value instanceof CelByteString bytes) {
            return bytes.toStringUtf8();
        } else if (value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof dev.cel.common.types.CelType) {
            return value instanceof dev.cel.common.types.CelType type ? type.name() : value.toString();
        }
        throw TextFormat.misfit('s', name(value), -1);
    }

    /** As a value stands in a list or a map. */
    private static String quoted(Object value) throws TextFormat.Fault {
        if (value instanceof String text) {
            return dev.kuar.practice.object.JsonWriter.text(text);
        } else if (value instanceof Instant) {
            return "timestamp(\"" + value + "\")";
        } else if (value instanceof Duration duration) {
            return "duration(\"" + seconds(duration) + "\")";
        } else if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.6f", number);
        } else if (value instanceof CelByteString) {
            return "b" + dev.kuar.practice.object.JsonWriter.text(shown(value));
        }
        return shown(value);
    }

    private static String seconds(Duration duration) {
        String text = java.math.BigDecimal.valueOf(duration.getSeconds())
                .add(java.math.BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
        return text + "s";
    }

    private static String name(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return "int";
        } else if (value instanceof Instant) {
            return "google.protobuf.Timestamp";
        } else if (value instanceof Duration) {
            return "google.protobuf.Duration";
        } else if (value instanceof List) {
            return "list";
        } else if (value instanceof Map) {
            return "map";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof NullValue) {
            return "null_type";
        } else if (value instanceof CelByteString) {
            return "bytes";
        } else if (value instanceof UnsignedLong) {
            return "uint";
        }
        return value instanceof Double ? "double" : value instanceof String ? "string" : "object";
    }
}
