package dev.firn.schema;

/** The options of a source whose records have a format. */
public interface FormattedSource {

    FormatOptions format();
}
