package dev.kuar.practice.container;

/** The words in which a {@code test} complains. */
enum TestWords {
    DASH,
    BASH,
    ASH,
    GNU;

    static TestWords of(ShellDialect dialect) {
        return switch (dialect) {
            case DASH -> DASH;
            case BASH -> BASH;
            case ASH -> ASH;
        };
    }

    String missing(String bracket) {
        return switch (this) {
            case BASH -> "missing `" + bracket + "'";
            case GNU -> "missing '" + bracket + "'";
            default -> "missing " + bracket;
        };
    }

    String number(String text, boolean tooGreat) {
        return switch (this) {
            case DASH -> "Illegal number: " + text;
            case BASH -> text + ": integer expression expected";
            case ASH -> text.isEmpty() ? "bad number" : text + (tooGreat ? ": out of range" : ": bad number");
            case GNU -> "invalid integer '" + text + "'";
        };
    }

    /** An operator without what it is about. */
    String argument(String operator) {
        return switch (this) {
            case BASH -> "argument expected";
            case GNU -> "missing argument after '" + operator + "'";
            default -> operator.isEmpty() ? "argument expected" : operator + ": argument expected";
        };
    }

    String parenthesis(boolean bracket) {
        return switch (this) {
            case BASH -> "`)' expected" + (bracket ? ", found ]" : "");
            case GNU -> "')' expected";
            default -> "closing paren expected";
        };
    }

    /** Words are left over: the last that was understood and the first that was not. */
    String leftOver(String before, String after) {
        return switch (this) {
            case DASH -> before + ": unexpected operator";
            case BASH -> "too many arguments";
            case ASH -> after + ": unknown operand";
            case GNU -> "extra argument '" + after + "'";
        };
    }

    String unary(String operator) {
        return this == BASH ? operator + ": unary operator expected" : "'" + operator + "': unary operator expected";
    }

    String binary(String operator) {
        return this == BASH ? operator + ": binary operator expected" : "'" + operator + "': binary operator expected";
    }
}
