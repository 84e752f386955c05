/**
 * What the push channel adds to Camel: it names an entry, classifies a failure, bounds an answer, and keeps the journal.
 */
package io.github.passerelle.push;
