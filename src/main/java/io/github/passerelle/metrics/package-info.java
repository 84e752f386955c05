/**
 * What is counted and measured of the channel, for Micrometer.
 */
package io.github.passerelle.metrics;
