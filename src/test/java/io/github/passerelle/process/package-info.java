/** Tests of the packaged application as a process of its own, with a real Redis, a receiver over HTTP, and faults that come from outside. */
package io.github.passerelle.process;
