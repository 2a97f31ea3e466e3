package dev.kuar.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes subcommands that are named in an annotation; a constructor that takes the {@link CommandContext} gets it. */
final class ContextFactory implements CommandLine.IFactory {
    private final CommandContext context;
    private final CommandLine.IFactory plain = CommandLine.defaultFactory();

    ContextFactory(CommandContext context) {
        this.context = context;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CommandContext.class) {
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(context));
            }
        }
        return plain.create(type);
    }
}
