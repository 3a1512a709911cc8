package dev.firn.cli.tests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.IndentedJson;
import java.util.List;

/** What became of tests, for programs: versioned. */
public final class TestJson {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TestJson() {}

    /** Indented, with a line feed at the end. */
    public static String write(List<TestedFile> files) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", VERSION);
        root.put(
                "tests",
                files.stream().mapToLong(file -> file.outcomes().size()).sum());
        root.put("failed", files.stream().mapToLong(TestedFile::failed).sum());
        ArrayNode all = root.putArray("files");
        for (TestedFile file : files) {
            ObjectNode one = all.addObject();
            one.put("file", file.file());
            one.put("tested", file.errors().isEmpty());
            ArrayNode tests = one.putArray("tests");
            file.outcomes().forEach(outcome -> write(outcome, tests.addObject()));
        }
        return IndentedJson.text(root);
    }

    private static void write(TestedFile.Outcome outcome, ObjectNode test) {
        test.put("name", outcome.name());
        test.put("line", outcome.place().line());
        test.put("passed", outcome.passed());
        ArrayNode differences = test.putArray("differences");
        for (Difference difference : outcome.differences()) {
            ObjectNode one = differences.addObject();
            one.put("about", difference.about());
            one.put("what", difference.what());
            ArrayNode lines = one.putArray("lines");
            difference.margins().lines().forEach(lines::add);
        }
    }
}
