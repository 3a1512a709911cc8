package dev.firn.cli.quickstart;

import dev.firn.cli.run.Account;
import dev.firn.cli.run.AccountTable;
import dev.firn.devstack.orders.OrdersProduced;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was produced, what the ledger says of it, and what the tables hold: three figures that must agree. */
final class Balance {

    static final TableName ORDERS = new TableName("shop.orders");
    private static final TableName REFUNDS = new TableName("shop.refunds");
    private static final List<String> SHOWN =
            List.of("order_id", "placed_at", "amount", "quantity", "coupon", "customer_email");
    private static final int SAMPLE = 3;

    private final Account account;
    private final ReadBack tables;
    private final OrdersProduced produced;
    private final ReadBack.Keys orders;
    private final ReadBack.Keys refunds;
    private final TableName quarantine;
    private final Map<String, ReadBack.Reason> reasons;
    private final long shown;

    /** @param shown the first order that is */
    Balance(Account account, ReadBack tables, TableName quarantine, OrdersProduced produced, long shown) {
        this.shown = shown;
        this.account = account;
        this.tables = tables;
        this.produced = produced;
        this.orders = tables.keys(ORDERS, "order_id");
        this.refunds = tables.keys(REFUNDS, "refund_id");
        this.quarantine = quarantine;
        this.reasons = tables.quarantine(quarantine);
    }

    boolean holds() {
        return account.balances()
                && account.total(Account.Line::read) == produced.ordersRecords() + produced.refundsRecords()
                && account.total(Account.Line::written) == orders.rows() + refunds.rows()
                && account.total(Account.Line::quarantined) == quarantined()
                && quarantined() == produced.volume().undecodable()
                && ordersLost() == 0
                && refundsLost() == 0
                && orders.doubled() == 0
                && refunds.doubled() == 0;
    }

    private long ordersLost() {
        return produced.volume().orders() - orders.distinct();
    }

    private long refundsLost() {
        return produced.volume().refunds() - refunds.distinct();
    }

    private long quarantined() {
        return reasons.values().stream().mapToLong(ReadBack.Reason::records).sum();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        AccountTable table = new AccountTable(account);
        lines.addAll(table.lines());
        String lostAndDoubled = table.row(
                "lost, doubled",
                List.of(ordersLost() + ", " + orders.doubled(), refundsLost() + ", " + refunds.doubled()),
                (ordersLost() + refundsLost()) + ", " + (orders.doubled() + refunds.doubled()));
        lines.add(lostAndDoubled + "     " + (holds() ? "balanced" : "NOT BALANCED") + ", " + account.epochs()
                + (account.epochs() == 1 ? " epoch" : " epochs"));
        lines.add("");
        lines.add(String.format("  %s, read back from Iceberg (%d of %,d)", ORDERS, SAMPLE, orders.rows()));
        lines.addAll(tables.sample(ORDERS, SHOWN, shown, SAMPLE));
        lines.add(String.format("  %s (%,d), raw bytes kept", quarantine, quarantined()));
        reasons.forEach((code, reason) ->
                lines.add(String.format("    %3d  %-18s first at %s", reason.records(), code, reason.place())));
        return lines;
    }
}
