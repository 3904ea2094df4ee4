package io.gradiometer.report.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;

/** Turns drawing into the inside of an SVG element that shares a page with others. */
final class SvgCanvas {

    private static final Pattern ROOT = Pattern.compile("<svg[^>]*?style=\"([^\"]*)\"[^>]*>", Pattern.DOTALL);

    /** Has the same id in every drawing. */
    private static final String EMPTY_DEFINITIONS = "<defs id=\"genericDefs\"/>";

    /** Batik breaks lines inside tags only. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\n\\s*");

    private final String name;
    private final int width;
    private final int height;

    /**
     * Starts a drawing.
     *
     * @param name unique in its page, for ids: Batik's own repeat in every drawing and would clash
     */
    SvgCanvas(String name, int width, int height) {
        this.name = name;
        this.width = width;
        this.height = height;
    }

    /** Draws, and returns a group element. */
    String draw(Consumer<Graphics2D> painter) {
        Document document = GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(1);
        context.setComment(null);
        context.setIDGenerator(new NamedIds(name));
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        painter.accept(graphics);
        StringWriter svg = new StringWriter();
        try {
            graphics.stream(graphics.getRoot(), svg, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return group(svg.toString());
    }

    /** Wraps drawn groups in an element that scales with the page. */
    Drawing.Drawn drawn(String label, String content) {
        return new Drawing.Drawn(name, width, height, label, content);
    }

    private static String group(String document) {
        Matcher root = ROOT.matcher(document);
        if (!root.find()) {
            throw new IllegalStateException("Batik wrote no svg element");
        }
        String inner = document.substring(root.end(), document.lastIndexOf("</svg"));
        String style = root.group(1).replaceAll("font-family:[^;]*;", "font-family:sans-serif;");
        return Ink.intoVariables("<g style=\"" + style + "\">"
                + LINE_BREAK.matcher(inner).replaceAll("").replace(EMPTY_DEFINITIONS, "") + "</g>");
    }

    private static final class NamedIds extends SVGIDGenerator {
        private final String name;
        private int last;

        NamedIds(String name) {
            this.name = name;
        }

        @Override
        public String generateID(String prefix) {
            last++;
            return name + "-" + prefix + last;
        }
    }
}
