/**
 * What a closed cash session comes to in Paheko's books: one balanced entry, computed from what the till published and from the mapping. Nothing
 * is sent or read from here.
 */
package io.github.passerelle.booking;
