/**
 * Where each entry is, what happened in each hour and on each day, and what a person decides: questions and decisions for whoever shows them, in
 * plain records. Nothing is sent from here.
 */
package io.github.passerelle.tracking;
