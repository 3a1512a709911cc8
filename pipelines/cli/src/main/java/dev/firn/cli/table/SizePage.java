package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.table.Listing.Kind;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.TableSize;
import dev.firn.spi.inspection.TableSize.Share;
import java.util.Locale;

/** Where a table's bytes are. */
public record SizePage(TableSize size) {

    private static final Listing<Share> SHARES = new Listing<Share>()
            .hidden(
                    "kind",
                    Kind.WORDS,
                    share -> share.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .column("what", "what", Kind.WORDS, share -> share.kind().words())
            .column("files", "files", Kind.NUMBER, Share::files)
            .column("bytes", "bytes", Kind.BYTES, Share::bytes);

    public String text() {
        return size.table() + ", " + Figures.bytes(size.bytes()) + " in " + Figures.count(size.files(), "file") + "\n\n"
                + SHARES.text(size.shares());
    }

    public String json() {
        ObjectNode root = Json.versioned()
                .put("table", size.table().full())
                .put("files", size.files())
                .put("bytes", size.bytes());
        SHARES.into(root.putArray("shares"), size.shares());
        return IndentedJson.text(root);
    }
}
