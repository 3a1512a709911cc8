package dev.firn.schema.infer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.firn.schema.binding.Excerpt;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads lines of cells, as RFC 4180 has them. A cell without characters is missing; lines without any are passed over. */
final class CsvRecords {

    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private static final Pattern OTHER_DELIMITERS = Pattern.compile("[;,\t|]");

    private final DataFile file;
    private final Records records;
    private final JsonParser parser;
    private long line;

    private CsvRecords(DataFile file, Records records, JsonParser parser) {
        this.file = file;
        this.records = records;
        this.parser = parser;
    }

    static void read(DataFile file, CsvOptions options, Records records) throws NotInferable {
        try (Reader text = file.text();
                CsvParser parser = CSV.createParser(text)) {
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(delimiter(file, options)));
            new CsvRecords(file, records, parser).all(options.header());
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private static char delimiter(DataFile file, CsvOptions options) {
        String name = file.name().toLowerCase(Locale.ROOT);
        char usual = name.endsWith(".tsv") || name.endsWith(".tsv.gz") ? '\t' : ',';
        return options.delimiter().orElse(usual);
    }

    private void all(CsvOptions.Header header) throws NotInferable, IOException {
        try {
            parser.nextToken();
            List<String> cells = cells();
            if (cells.isEmpty()) {
                return;
            }
            if (cells.size() == 1 && OTHER_DELIMITERS.matcher(cells.get(0)).find()) {
                records.remark("`" + file.name()
                        + "` has one column; if another character is between its cells, say which with"
                        + " `--delimiter`");
            }
            List<String> names = header == CsvOptions.Header.FIRST_LINE ? named(cells) : numbered(cells.size());
            if (header == CsvOptions.Header.FIRST_LINE) {
                cells = cells();
            }
            while (!cells.isEmpty() && !records.isEnough()) {
                record(names, cells);
                cells = cells();
            }
        } catch (StreamConstraintsException e) {
            throw file.broken(line, "a cell is longer than any that is read; is a quotation mark left open?");
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw file.broken(at, "this is not CSV: " + Excerpt.of(e.getOriginalMessage()));
        }
    }

    /** Of the next line; none at the end. */
    private List<String> cells() throws IOException {
        List<String> cells = new ArrayList<>();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return cells;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (cells.isEmpty()) {
                line = parser.currentTokenLocation().getLineNr();
            }
            cells.add(parser.getText());
        }
        return cells;
    }

    private List<String> named(List<String> cells) throws NotInferable {
        Set<String> names = new LinkedHashSet<>();
        for (String cell : cells) {
            String name = cell.isBlank() ? "column_" + (names.size() + 1) : cell.strip();
            if (!names.add(name)) {
                throw file.broken(line, "the header has `" + Excerpt.of(name) + "` twice");
            }
        }
        return List.copyOf(names);
    }

    private static List<String> numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            names.add("column_" + column);
        }
        return names;
    }

    private void record(List<String> names, List<String> cells) throws NotInferable {
        if (cells.size() != names.size()) {
            throw file.broken(
                    line,
                    count(cells.size()) + " here, and " + count(names.size())
                            + " in the first line; is the delimiter right, or a quotation mark missing?");
        }
        Witness witness = file.witness(line);
        records.fields().begin();
        for (int column = 0; column < names.size(); column++) {
            Place place = place(names.get(column));
            String cell = cells.get(column);
            if (cell.isEmpty()) {
                place.addNull();
            } else {
                place.add(Texts.cell(cell), cell.length(), () -> witness);
            }
        }
        records.fields().end();
    }

    private Place place(String name) throws NotInferable {
        try {
            return records.fields().place(name);
        } catch (Members.TooManyPlaces e) {
            throw file.broken(line, "there are more columns than any table has");
        } catch (Members.TwiceThere e) {
            throw new IllegalStateException("our bug: the header's names differ", e);
        }
    }

    private static String count(int cells) {
        return cells == 1 ? "1 cell" : cells + " cells";
    }
}
