package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.Diagnostic;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What became of tests in the XML that build servers read: a {@code testsuite} a file, a {@code testcase} a test, {@code failure} where
 * something is different; a file that is wrong is a {@code testcase} by itself with an {@code error}. Nobody owns that format; what is
 * written here is what Jenkins, GitLab and GitHub's actions have in common.
 */
public final class JUnitXml {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitXml() throws XMLStreamException {
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** With a line feed at the end. */
    public static String write(List<TestedFile> files) {
        try {
            JUnitXml written = new JUnitXml();
            written.suites(files);
            return written.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("our bug: XML can't be written to memory", e);
        }
    }

    private void suites(List<TestedFile> files) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line("");
        xml.writeStartElement("testsuites");
        for (TestedFile file : files) {
            suite(file);
        }
        line("");
        xml.writeEndElement();
        xml.writeEndDocument();
        text.append("\n");
    }

    private void suite(TestedFile file) throws XMLStreamException {
        int errors = file.errors().isEmpty() ? 0 : 1;
        line("  ");
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        attribute("tests", file.outcomes().size() + errors);
        attribute("failures", file.failed());
        attribute("errors", errors);
        for (TestedFile.Outcome outcome : file.outcomes()) {
            begin(file, outcome.name(), outcome.place().line());
            for (Difference difference : outcome.differences()) {
                fault("failure", difference.what(), difference.margins());
            }
            end(outcome.passed());
        }
        if (errors > 0) {
            Diagnostic first = file.errors().get(0);
            begin(file, "the file is right", first.span().line());
            fault(
                    "error",
                    first.message(),
                    file.errors().stream()
                            .map(error -> error.span().file() + ":"
                                    + error.span().line() + ":" + error.span().column() + ": " + error.message())
                            .collect(Collectors.joining("\n")));
            end(false);
        }
        line("  ");
        xml.writeEndElement();
    }

    private void begin(TestedFile file, String name, int atLine) throws XMLStreamException {
        line("    ");
        xml.writeStartElement("testcase");
        attribute("classname", file.file());
        attribute("name", name);
        attribute("file", file.file());
        attribute("line", atLine);
    }

    private void end(boolean passed) throws XMLStreamException {
        if (!passed) {
            line("    ");
        }
        xml.writeEndElement();
    }

    private void fault(String kind, String message, String lines) throws XMLStreamException {
        line("      ");
        xml.writeStartElement(kind);
        attribute("message", message);
        xml.writeCharacters(legal(lines));
        xml.writeEndElement();
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, legal(String.valueOf(value)));
    }

    private void line(String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
    }

    /** Control characters are in no XML, however they are escaped. */
    private static String legal(String given) {
        StringBuilder kept = new StringBuilder();
        given.codePoints()
                .map(character -> character == '\n'
                                || character == '\t'
                                || (character >= ' '
                                        && character != 0xfffe
                                        && character != 0xffff
                                        && (character < 0xd800 || character > 0xdfff))
                        ? character
                        : 0xfffd)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
