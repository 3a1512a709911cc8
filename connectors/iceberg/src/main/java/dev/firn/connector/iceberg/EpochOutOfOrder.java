package dev.firn.connector.iceberg;

/** An epoch that does not follow the ledger's last; told apart from Iceberg's own complaints of this type. */
final class EpochOutOfOrder extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    EpochOutOfOrder(String message) {
        super(message);
    }
}
