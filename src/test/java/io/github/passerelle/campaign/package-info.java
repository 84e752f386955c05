/** Breaks everything that can break, again and again, and holds what was published against what arrived: docs/reliability.md. */
package io.github.passerelle.campaign;
