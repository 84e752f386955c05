/** The demonstration: the whole way of a sale on one machine, with nothing but a JDK and Maven. */
package io.github.passerelle.demo;
