/** The balance sheet of a pipeline over all its epochs, from its ledger. */
@NullMarked
package dev.firn.cli.audit;

import org.jspecify.annotations.NullMarked;
