@NullMarked
package dev.firn.plan.against;

import org.jspecify.annotations.NullMarked;
