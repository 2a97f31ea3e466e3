package dev.kuar.output;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Collects the running text of one block; without colour, code stands in back quotes and emphasis in asterisks. */
final class MarkdownInline extends AbstractVisitor {
    private final Palette palette;
    private final StringBuilder text = new StringBuilder();

    MarkdownInline(Palette palette) {
        this.palette = palette;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void visit(Text node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
        text.append(palette.isOn() ? palette.cyan(node.getLiteral()) : "`" + node.getLiteral() + "`");
    }

    @Override
    public void visit(HtmlInline node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Emphasis node) {
        text.append(palette.isOn() ? palette.italic(inner(node)) : "*" + inner(node) + "*");
    }

    @Override
    public void visit(StrongEmphasis node) {
        text.append(palette.isOn() ? palette.bold(inner(node)) : "*" + inner(node) + "*");
    }

    @Override
    public void visit(Link node) {
        String label = inner(node);
        text.append(label);
        if (!label.equals(node.getDestination())) {
            text.append(" (").append(node.getDestination()).append(')');
        }
    }

    @Override
    public void visit(Image node) {
        text.append(inner(node));
    }

    @Override
    public void visit(SoftLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
        text.append('\n');
    }

    private String inner(Node node) {
        MarkdownInline inner = new MarkdownInline(palette);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            child.accept(inner);
        }
        return inner.toString();
    }
}
