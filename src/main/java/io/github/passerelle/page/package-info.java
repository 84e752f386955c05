/**
 * The page at {@code /} for volunteers: its files, what it shows, what a person decides there, and who may.
 */
package io.github.passerelle.page;
