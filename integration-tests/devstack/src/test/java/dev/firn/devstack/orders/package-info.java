/** The shop's data without a broker. */
@NullMarked
package dev.firn.devstack.orders;

import org.jspecify.annotations.NullMarked;
