/**
 * Looks from the configuration to the other end and says what is found, and what to do about it. It writes nothing anywhere.
 */
package io.github.passerelle.check;
