/** Measures what the channel costs, side by side with what does less on the same clients: docs/benchmarks.md. */
package io.github.passerelle.benchmark;
