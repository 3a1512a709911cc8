/**
 * What is done to tables so that they stay fast and small: files are compacted, snapshots expire, orphan files go. Pipelines may write
 * meanwhile: their ledgers say what must stay, each commit is looked at on the very metadata that it goes on top of, and a table
 * is one maintainer's at a time.
 */
@NullMarked
package dev.firn.tables.maintenance;

import org.jspecify.annotations.NullMarked;
