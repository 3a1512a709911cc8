package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.schema.given.GivenFormat;

/** Under which ids the readers of streams know their schemas. */
interface StreamSchemas {

    /** For whoever only looks whether records can be written at all; what can't be known is no fault then. */
    StreamSchemas NOWHERE = new StreamSchemas() {
        @Override
        public GivenFormat.Ids ids(TestStreams.Stream stream) {
            return new GivenFormat.Ids(0, 0);
        }

        @Override
        public void missing(TestStreams.Stream stream, SourceSpan span, Diagnostics diagnostics) {
            // The plan has said so where somebody minds.
        }
    };

    GivenFormat.Ids ids(TestStreams.Stream stream);

    /** A test gives a record of a stream whose schema is not known. */
    void missing(TestStreams.Stream stream, SourceSpan span, Diagnostics diagnostics);
}
