package dev.firn.connector.iceberg;

/**
 * Which ledger.
 *
 * @param uuid of its table: one that is dropped and made anew is another ledger
 * @param table its name, by which another pipeline finds it; empty in marks of a Firn that did not write it
 */
record LedgerId(String uuid, String table) {}
