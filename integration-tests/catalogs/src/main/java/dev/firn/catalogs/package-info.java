/**
 * Catalogs that Firn is tested against, as processes of their own, since their jars and Firn's don't mix; and proxies in
 * front of them that lose, delay and falsify what they are asked and answered.
 *
 * <p>Each takes a folder for what it keeps, prints its address when it answers, and ends when its standard input does:
 * so it doesn't outlive the test that started it, even one that was killed.
 */
@NullMarked
package dev.firn.catalogs;

import org.jspecify.annotations.NullMarked;
