/**
 * What {@code GET /health} tells.
 */
package io.github.passerelle.health;
