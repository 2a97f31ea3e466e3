package dev.kuar.output;

import java.util.List;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** CommonMark turned into styled lines of a terminal. */
public final class Markdown {
    private final Palette palette;
    private final int columns;

    /** Lines are at most {@code columns} wide where words allow; never narrower than 20. */
    public Markdown(Palette palette, int columns) {
        this.palette = palette;
        this.columns = Math.max(20, columns);
    }

    /** The lines of {@code source}; an empty line between blocks, none at the ends. */
    public List<String> lines(String source) {
        Node document = Parser.builder().build().parse(SafeText.of(source));
        MarkdownBlocks blocks = new MarkdownBlocks(palette, columns);
        document.accept(blocks);
        return blocks.lines();
    }
}
