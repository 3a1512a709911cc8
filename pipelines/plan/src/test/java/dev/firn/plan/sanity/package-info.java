@NullMarked
package dev.firn.plan.sanity;

import org.jspecify.annotations.NullMarked;
