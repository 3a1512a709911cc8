package dev.firn.flink.testing;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values whose first byte is the schema's id as a digit, before anything else; another first byte is a framing error. One that begins with `-` deletes. */
public record FakeFormat(String lake) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    /** The column that decoded rows have: the time behind an {@code @}, or null. */
    static final TableSchema TIMES =
            new TableSchema(List.of(Column.optional("placed_at", ColumnType.Primitive.TIMESTAMPTZ)));

    @Override
    public FormatReader open(ReferenceResolver references) {
        FakeLake owner = FakeLake.named(lake);
        return owner.faults().call("open format", () -> {
            owner.opened();
            return new Reader(owner);
        });
    }

    record Reader(FakeLake owner) implements FormatReader {

        @Override
        public int schemaId(RawRecord record) throws Rejected {
            byte @Nullable [] value = record.value();
            if (value == null || value.length == 0 || !Character.isDigit(value[0])) {
                throw new Rejected(RejectCode.WRONG_MAGIC_BYTE, "the value has no schema id");
            }
            return value[0] - '0';
        }

        @Override
        public boolean isDelete(RawRecord record) throws Rejected {
            byte @Nullable [] value = record.value();
            if (value != null && value.length > 0 && value[0] == '?') {
                throw new Rejected(RejectCode.TABLE_TRUNCATED, "all rows are gone");
            }
            return value == null || (value.length > 0 && value[0] == '-');
        }

        @Override
        public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
            StructFactory.Maker row = structs.maker(table.asStruct());
            return record -> {
                byte @Nullable [] bytes = record.value();
                String value = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
                int at = value.indexOf('@');
                return row.struct(
                        new @Nullable Object[] {at < 0 ? null : OffsetDateTime.parse(value.substring(at + 1))});
            };
        }

        @Override
        public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
            throw new UnsupportedOperationException();
        }

        /** The value behind the schema's id; nothing where it is {@code null}. */
        @Override
        public ColumnReader column(int schemaId, String column) {
            return record -> {
                byte @Nullable [] bytes = record.value();
                String value = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8).substring(1);
                return value.equals("null") ? null : value;
            };
        }

        @Override
        public Optional<FormatReader> deletes() {
            return owner.isDeleting() ? Optional.of(this) : Optional.empty();
        }

        @Override
        public void close() {
            owner.faults().run("close format", owner::closed);
        }
    }
}
