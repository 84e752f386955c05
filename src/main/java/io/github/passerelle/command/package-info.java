/**
 * The commands of the command line, a class each.
 */
package io.github.passerelle.command;
