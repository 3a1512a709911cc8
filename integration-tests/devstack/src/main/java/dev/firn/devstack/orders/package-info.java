/** The data of a small web shop, the same for the same seed, written with a serializer that is not Firn's. */
@NullMarked
package dev.firn.devstack.orders;

import org.jspecify.annotations.NullMarked;
