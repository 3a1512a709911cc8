/** Tries what a pipeline file does with the records that its {@code tests:} give it, without a cluster and without services. */
@NullMarked
package dev.firn.cli.tests;

import org.jspecify.annotations.NullMarked;
