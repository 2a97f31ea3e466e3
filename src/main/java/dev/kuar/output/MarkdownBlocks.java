package dev.kuar.output;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** Lays the blocks of a document out, one under the other. */
final class MarkdownBlocks extends AbstractVisitor {
    private final Palette palette;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    MarkdownBlocks(Palette palette, int columns) {
        this.palette = palette;
        this.columns = columns;
    }

    List<String> lines() {
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    @Override
    public void visit(Document document) {
        visitChildren(document);
    }

    @Override
    public void visit(Heading heading) {
        lines.add(palette.bold(inline(heading)));
        lines.add("");
    }

    @Override
    public void visit(Paragraph paragraph) {
        for (String hard : inline(paragraph).split("\n", -1)) {
            lines.addAll(DisplayWidth.wrap(hard, columns));
        }
        lines.add("");
    }

    @Override
    public void visit(FencedCodeBlock code) {
        code(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        code(code.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        code(html.getLiteral());
    }

    @Override
    public void visit(ThematicBreak rule) {
        lines.add(palette.dim("-".repeat(Math.min(columns, 40))));
        lines.add("");
    }

    @Override
    public void visit(BlockQuote quote) {
        nested(quote, palette.dim("| "), palette.dim("| "));
        lines.add("");
    }

    @Override
    public void visit(BulletList list) {
        items(list, list.isTight(), -1);
    }

    @Override
    public void visit(OrderedList list) {
        Integer first = list.getMarkerStartNumber();
        items(list, list.isTight(), first == null ? 1 : first);
    }

    private void items(Node list, boolean tight, int number) {
        int n = number;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (item instanceof ListItem) {
                String marker = n < 0 ? "- " : n++ + ". ";
                nested(item, marker, " ".repeat(marker.length()));
                if (!tight) {
                    lines.add("");
                }
            }
        }
        if (tight) {
            lines.add("");
        }
    }

    private void nested(Node block, String first, String rest) {
        MarkdownBlocks inner = new MarkdownBlocks(palette, Math.max(20, columns - DisplayWidth.of(first)));
        for (Node child = block.getFirstChild(); child != null; child = child.getNext()) {
            child.accept(inner);
        }
        String prefix = first;
        for (String line : inner.lines()) {
            lines.add((prefix + line).stripTrailing());
            prefix = rest;
        }
    }

    private void code(String literal) {
        for (String line : literal.stripTrailing().split("\n", -1)) {
            lines.add("    " + palette.cyan(line));
        }
        lines.add("");
    }

    private String inline(Node block) {
        MarkdownInline text = new MarkdownInline(palette);
        for (Node child = block.getFirstChild(); child != null; child = child.getNext()) {
            child.accept(text);
        }
        return text.toString();
    }
}
