/**
 * Where each entry is, and what a person decides about it: questions and decisions for whoever shows them, in plain records. Nothing is sent
 * from here.
 */
package io.github.passerelle.tracking;
